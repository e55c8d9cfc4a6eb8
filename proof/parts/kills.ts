import { ACCOUNTS } from '../accounts.ts';
import { type Kill, proveKills } from '../kills.ts';
import { MOMENTS, type MomentName } from '../moments.ts';
import { counted, type Part, wholeOf } from '../part.ts';
import { startSimulated } from '../simulated.ts';

const DAY = 86_400_000;

const [first] = ACCOUNTS;

/** Kills at chosen moments, at the small size. */
export const KILLS: Part = {
  title: 'Kills at known moments leave the store as one without kills',
  options: { kills: '20', seed: String(first.seed), days: '90' },
  async prove(options, folder) {
    const [count, seed, days] = [
      wholeOf(options, 'kills'),
      wholeOf(options, 'seed'),
      wholeOf(options, 'days'),
    ];
    const account = await startSimulated({ ...first, seed });
    try {
      const since = new Date(Date.parse(first.until) - days * DAY).toISOString();
      const { kills, rows, differing, differences } = await proveKills({
        account,
        since,
        kills: count,
        seed,
        folder,
      });
      return {
        holds: differing === 0 && kills.length === count,
        lines: [
          `seed ${seed}, until ${first.until}: ${differing} rows differ of ${counted(rows)}`,
          ...(Object.keys(MOMENTS) as MomentName[]).map((moment) => inWords(moment, kills)),
          ...differences.map((difference) => `  ${difference}`),
        ],
      };
    } finally {
      await account.stop();
    }
  },
};

function inWords(moment: MomentName, kills: readonly Kill[]): string {
  const here = kills.filter((kill) => kill.moment === moment);
  return `${here.length} times ${MOMENTS[moment].words}, such as: ${here.at(-1)?.found ?? 'never'}`;
}
