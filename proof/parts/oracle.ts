import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createSeats } from '../../backend/seats.ts';
import { type Account, checkSimulated } from '../account-check.ts';
import { ACCOUNTS } from '../accounts.ts';
import { onEngines } from '../engines.ts';
import { type Part, type Verdict, wholeOf } from '../part.ts';

const SHOWN = 5;
const ZONES = 12;
/** Both changes of the clock of every zone lie in so many days. */
const LONG = 400;

/** Every number of many small accounts against the oracle's. */
export const ORACLE = against('oracle-seeds', 20, smallOf, 2);

/** The same of accounts of medium size, over all changes of the clock. */
export const ORACLE_MEDIUM = against('oracle-medium-seeds', 2, mediumOf, 1);

/** As many accounts as the option says, some `atOnce`. */
function against(option: string, seeds: number, accountOf: (n: number) => Account, atOnce: number): Part {
  return {
    title: `Every number is the oracle's, on every engine, of accounts with people in ${ZONES} zones and more`,
    options: { [option]: String(seeds) },
    async prove(options, folder) {
      const seats = createSeats(atOnce);
      const tell = async (n: number) => {
        const verdict = await proved(accountOf(n), mkdtempSync(join(folder, 'oracle-')));
        process.stderr.write(`${verdict.lines.join('\n')}\n`);
        return verdict;
      };
      const numbers = Array.from({ length: wholeOf(options, option) }, (_, n) => n);
      const verdicts = await Promise.all(numbers.map((n) => seats.one(() => tell(n))));
      return {
        holds: verdicts.every(({ holds }) => holds),
        lines: verdicts.flatMap(({ lines }) => lines),
      };
    },
  };
}

async function proved(account: Account, folder: string): Promise<Verdict> {
  const began = performance.now();
  const { questions, numbers, mismatches, zones, engines } = await onEngines(async (stores) => ({
    ...(await checkSimulated(account, folder, stores, { copied: true })),
    engines: stores.length,
  }));
  const { seed, until, size = 'small', days = 90 } = account;
  const seconds = Math.round((performance.now() - began) / 1000);
  return {
    holds: mismatches.length === 0 && numbers > 0 && zones >= ZONES,
    lines: [
      `seed ${seed}, ${size}, ${days} days until ${until}, people in ${zones} zones, ${engines} engines: ${questions} questions, ${numbers} numbers, ${mismatches.length} mismatches, ${seconds} s`,
      ...mismatches.slice(0, SHOWN).map((mismatch) => `  ${JSON.stringify(mismatch)}`),
    ],
  };
}

/** Small accounts in turn over the clock changes of ACCOUNTS. */
function smallOf(n: number): Account {
  const like = ACCOUNTS[n % ACCOUNTS.length] ?? ACCOUNTS[0];
  return { ...like, seed: n + 1 };
}

function mediumOf(n: number): Account {
  const like = ACCOUNTS[(n + 1) % ACCOUNTS.length] ?? ACCOUNTS[0];
  return { ...like, seed: 101 + n, size: 'medium', days: LONG };
}
