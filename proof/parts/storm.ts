import { control, UNLIMITED } from '../control.ts';
import { counted, type Part, wholeOf } from '../part.ts';
import { startSimulated } from '../simulated.ts';
import { weatherStorm } from '../storm.ts';

const DAY = 86_400_000;
const UNTIL = '2026-11-16T00:00:00Z';
/** One kill in so many comes while facts are derived again. */
const DERIVE_SHARE = 5;

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
    const account = await startSimulated({ seed, until: UNTIL, size: options['storm-size'] ?? '' });
    try {
      await control(account, UNLIMITED);
      const since = new Date(Date.parse(UNTIL) - days * DAY).toISOString();
      const derive = Math.floor(kills / DERIVE_SHARE);
      const outcome = await weatherStorm({
        account,
        since,
        kills: { harvest: kills - derive, derive },
        seed,
        folder,
      });
      const { reached, derived, peace, rows, differing, differences } = outcome;
      return {
        holds: differing === 0,
        lines: [
          `seed ${seed}, size ${options['storm-size']}, ${days} days until ${UNTIL}: ${differing} rows differ of ${counted(rows)}`,
          `${reached.length} kills while harvesting, at ${reached.map(inPercent).join(', ')} of the windows`,
          `${derived} kills while all facts were derived again under other rules and back`,
          `the harvest in peace took ${Math.round(peace)} s`,
          ...differences.map((difference) => `  ${difference}`),
        ],
      };
    } finally {
      await account.stop();
    }
  },
};

function inPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
