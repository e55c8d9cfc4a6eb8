import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkSimulated } from './account-check.ts';
import { ACCOUNTS } from './accounts.ts';
import { onEngines } from './engines.ts';

/** Days that hold a change of the clock in each account, and the months and weeks around it. */
const DAYS = 60;

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-oracle-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.concurrent.each(ACCOUNTS.slice(0, 2))(
  "every number of account $seed, which stands still at $until, is the oracle's on every engine",
  async (account) => {
    const outcome = await onEngines((stores) =>
      checkSimulated({ ...account, days: DAYS }, mkdtempSync(join(folder, 'account-')), stores),
    );
    expect(outcome.mismatches.slice(0, 10).map((mismatch) => JSON.stringify(mismatch))).toEqual([]);
    expect(outcome.numbers).toBeGreaterThan(100_000);
  },
  900_000,
);
