import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import { openStore } from '../store/open.ts';
import { configOf, createStages, fastClock, harvestOf, ready, rowsOf, until } from './harvest.fixture.ts';
import { BEGIN, entry, startTinyAccount, type TinyAccount, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

const NOW = 10 * 24 * 60;

/** Waits until the feed has asked so many times more. */
async function feedAsks(account: TinyAccount, times: number): Promise<void> {
  const count = () => account.asked.filter((path) => path.startsWith('/log_entries')).length;
  const before = count();
  await until(() => count() >= before + times);
}

describe('the feed, when a clock is wrong,', () => {
  it('loses nothing that happens while PagerDuty tells a time to come', async () => {
    const account = tinyAccount(3);
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    const now = account.now;
    const clock = fastClock(50, 0);
    account.now = now + 3 * HOUR;
    await feedAsks(account, 3);
    // Its own clock goes on meanwhile, on a busy machine by more than a minute.
    expect(harvest.harvestedUntil()).toBeLessThanOrEqual(now + Math.max(MINUTE, clock.now()));
    account.now = now + 2 * MINUTE;
    account.lists.log_entries?.push(entry('NEW', 'annotate', NOW + 1, 'Q1'));
    await until(async () => (await rowsOf(store, 'log_entry')).some((row) => row.id === 'NEW'));
    await until(() => (harvest.harvestedUntil() ?? 0) > now + MINUTE);
  });

  it('finds what happened in a time that it once took for past', async () => {
    const account = { ...tinyAccount(3), now: BEGIN + 11 * DAY };
    const { store, harvest } = await stages.begin(account, {}, 500);
    await until(ready(harvest));
    await until(() => harvest.harvestedUntil() !== null);
    account.lists.log_entries?.push(entry('MEANWHILE', 'annotate', NOW + 60, 'Q1'));
    account.now = BEGIN + 10 * DAY + 2 * HOUR;
    await until(async () => (await rowsOf(store, 'log_entry')).some((row) => row.id === 'MEANWHILE'), 50);
    await until(() => (harvest.harvestedUntil() ?? 0) <= account.now);
  });

  it('goes on when our own jumps by hours, in both directions', async () => {
    const account = tinyAccount(3);
    const { url, close } = await startTinyAccount(account);
    const store = await openStore('duckdb::memory:');
    const clock = fastClock(50);
    let jump = 0;
    const jumping = { ...clock, now: () => clock.now() + jump };
    const harvest = harvestOf(store, configOf(url, { since: { at: BEGIN } }), jumping);
    stages.onClear(
      close,
      () => store.close(),
      () => harvest.stop(),
    );
    await harvest.start();
    await until(ready(harvest));
    for (const [turn, by] of [5 * HOUR, -20 * HOUR, 3 * DAY].entries()) {
      jump += by;
      account.now += MINUTE;
      account.lists.log_entries?.push(entry(`N${turn}`, 'annotate', NOW + turn, 'Q1'));
      await until(async () => (await rowsOf(store, 'log_entry')).some((row) => row.id === `N${turn}`));
      expect(harvest.harvestedUntil()).toBeLessThanOrEqual(account.now);
    }
  });
});
