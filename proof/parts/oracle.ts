import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, checkSimulated } from '../account-check.ts';
import { ACCOUNTS } from '../accounts.ts';
import { onEngines } from '../engines.ts';
import { type Part, type Verdict, wholeOf } from '../part.ts';

const SHOWN = 5;
const ZONES = 12;
/** Both changes of the clock of every zone lie in so many days. */
const LONG = 400;

/** Every number of many small accounts and a few of medium size against the oracle's. */
export const ORACLE: Part = {
  title: `Every number is the oracle's, on every engine, of accounts with people in ${ZONES} zones and more`,
  options: { 'oracle-small': '20', 'oracle-medium': '2' },
  async prove(options, folder) {
    const verdict: Verdict = { holds: true, lines: [] };
    const accounts = [
      ...Array.from({ length: wholeOf(options, 'oracle-small') }, (_, n) => smallOf(n)),
      ...Array.from({ length: wholeOf(options, 'oracle-medium') }, (_, n) => mediumOf(n)),
    ];
    for (const account of accounts) {
      const began = performance.now();
      const { questions, numbers, mismatches, zones, engines } = await onEngines(async (stores) => ({
        ...(await checkSimulated(account, mkdtempSync(join(folder, 'oracle-')), stores, { copied: true })),
        engines: stores.length,
      }));
      verdict.holds &&= mismatches.length === 0 && numbers > 0 && zones >= ZONES;
      const { seed, until, size = 'small', days = 90 } = account;
      const seconds = Math.round((performance.now() - began) / 1000);
      const lines = [
        `seed ${seed}, ${size}, ${days} days until ${until}, people in ${zones} zones, ${engines} engines: ${questions} questions, ${numbers} numbers, ${mismatches.length} mismatches, ${seconds} s`,
        ...mismatches.slice(0, SHOWN).map((mismatch) => `  ${JSON.stringify(mismatch)}`),
      ];
      verdict.lines.push(...lines);
      process.stderr.write(`${lines.join('\n')}\n`);
    }
    return verdict;
  },
};

/** Small accounts in turn over the clock changes of ACCOUNTS. */
function smallOf(n: number): Account {
  const like = ACCOUNTS[n % ACCOUNTS.length] ?? ACCOUNTS[0];
  return { ...like, seed: n + 1 };
}

function mediumOf(n: number): Account {
  const like = ACCOUNTS[(n + 1) % ACCOUNTS.length] ?? ACCOUNTS[0];
  return { ...like, seed: 101 + n, size: 'medium', days: LONG };
}
