import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { checkSimulated } from '../account-check.ts';
import { ACCOUNTS } from '../accounts.ts';
import { onEngines } from '../engines.ts';
import type { Part, Verdict } from '../part.ts';

const SHOWN = 5;

/** Every number of several accounts against the oracle's. */
export const ORACLE: Part = {
  title: `Every number of ${ACCOUNTS.length} accounts is the oracle's, on every engine`,
  options: {},
  async prove(_options, folder) {
    const verdict: Verdict = { holds: true, lines: [] };
    for (const account of ACCOUNTS) {
      const { questions, numbers, mismatches } = await onEngines((stores) =>
        checkSimulated(account, mkdtempSync(join(folder, 'oracle-')), stores),
      );
      verdict.holds &&= mismatches.length === 0 && numbers > 0;
      verdict.lines.push(
        `seed ${account.seed}, until ${account.until}: ${questions} questions, ${numbers} numbers, ${mismatches.length} mismatches`,
        ...mismatches.slice(0, SHOWN).map((mismatch) => `  ${JSON.stringify(mismatch)}`),
      );
    }
    return verdict;
  },
};
