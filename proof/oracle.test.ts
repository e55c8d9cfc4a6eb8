import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkSimulated } from './account-check.ts';
import { ACCOUNTS } from './accounts.ts';
import { onEngines } from './engines.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-oracle-'));

/** Enough for both changes of the clock, in Europe and in North America, that each account spans. */
const DAYS = 60;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.concurrent.each(ACCOUNTS.slice(0, 2))(
  "every number of account $seed, which stands still at $until, is the oracle's on every engine",
  async (account) => {
    const outcome = await onEngines((stores) =>
      checkSimulated({ ...account, days: DAYS }, mkdtempSync(join(folder, 'account-')), stores),
    );
    const shown = outcome.mismatches.slice(0, 5).map((mismatch) => JSON.stringify(mismatch));
    expect(outcome.mismatches.length, shown.join('\n')).toBe(0);
    expect(outcome.numbers).toBeGreaterThan(100_000);
  },
  900_000,
);
