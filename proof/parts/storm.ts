import { counted, type Part, wholeOf } from '../part.ts';
import { weatherStorm } from '../storm.ts';

const DAY = 86_400_000;
const UNTIL = '2026-11-16T00:00:00Z';
/** One kill in so many comes after new things have happened, and as many while facts are derived again. */
const SHARE = 5;

/** Kills at random moments under a storm of refusals, at the medium size. */
export const STORM: Part = {
  title: 'Kills at random moments in a storm of failing requests leave the store as one harvested in peace',
  options: { 'storm-kills': '50', 'storm-seed': '1', 'storm-size': 'medium', 'storm-days': '400' },
  async prove(options, folder) {
    const [kills, seed, days] = [
      wholeOf(options, 'storm-kills'),
      wholeOf(options, 'storm-seed'),
      wholeOf(options, 'storm-days'),
    ];
    const size = options['storm-size'] ?? '';
    const since = new Date(Date.parse(UNTIL) - days * DAY).toISOString();
    const some = Math.floor(kills / SHARE);
    const { reached, peace, rows, differing, differences } = await weatherStorm({
      ...{ seed, size, until: UNTIL, since, folder },
      kills: { backfill: kills - 2 * some, feed: some, derive: some },
    });
    return {
      holds: differing === 0,
      lines: [
        `seed ${seed}, size ${size}, ${days} days until ${UNTIL} and ${some} times 6 h 17 min more: ${differing} rows differ of ${counted(rows)}`,
        `${reached.length} kills in the backfill, at ${reached.map(inPercent).join(', ')} of its windows`,
        `${some} kills while the feed read what had happened meanwhile, and ${some} while all facts were derived again under other rules and back`,
        `the backfill in peace took ${Math.round(peace)} s beside that in the storm`,
        ...differences.map((difference) => `  ${difference}`),
      ],
    };
  },
};

function inPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
