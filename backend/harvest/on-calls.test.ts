import { afterEach, describe, expect, it } from 'vitest';
import { DAY } from '../clock.ts';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
import { createStages, rowsOf, until } from './harvest.fixture.ts';
import { at, BEGIN, type Raw, ref, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

const HOURS = 60;
const NOW = 10 * 24 * HOURS;

/** A person's turn at level 1 of a schedule, in minutes from the account's beginning. */
const turn = (userId: string, from: number, to: number): Raw => ({
  user: ref('user', userId),
  escalation_policy: ref('escalation_policy', 'E1'),
  schedule: ref('schedule', 'C1'),
  escalation_level: 1,
  start: at(from),
  end: at(to),
});

const rows = (store: Store) =>
  store.read<{ user_id: string; start: number; end: number }>(
    sql`SELECT "user_id", "start", "end" FROM "on_call" ORDER BY "start"`,
  );
const expected = (userId: string, from: number, to: number) => ({
  user_id: userId,
  start: Date.parse(at(from)),
  end: Date.parse(at(to)),
});
const onCallRead = (store: Store) => async () =>
  (await rowsOf(store, 'note')).some((note) => note.name === 'on_calls_read');

describe('on-call time', () => {
  it('has an override that began and ended while nobody looked, and lasts over a pause of months', async () => {
    const account = tinyAccount(1);
    account.lists.oncalls = [turn('U1', 0, NOW + 20 * HOURS)];
    const stage = await stages.begin(account);
    await until(onCallRead(stage.store));
    await stage.harvest.stop();
    const later = NOW + 100 * 24 * HOURS;
    account.now += 100 * DAY;
    account.lists.oncalls = [
      turn('U1', 0, NOW + 2 * HOURS),
      turn('U2', NOW + 2 * HOURS, NOW + 5 * HOURS),
      turn('U1', NOW + 5 * HOURS, NOW + 20 * HOURS),
      turn('U2', later - 9 * HOURS, later + 9 * HOURS),
    ];
    const harvest = await stages.again(stage);
    const onCall = () => harvest.status().streams.find(({ stream }) => stream === 'on_call');
    await until(() => Date.parse(onCall()?.to ?? '') > account.now);
    expect(await rows(stage.store)).toEqual([
      expected('U1', 0, NOW + 2 * HOURS),
      expected('U2', NOW + 2 * HOURS, NOW + 5 * HOURS),
      expected('U1', NOW + 5 * HOURS, NOW + 20 * HOURS),
      expected('U2', later - 9 * HOURS, later + 9 * HOURS),
    ]);
    expect(onCall()).toMatchObject({ from: new Date(BEGIN).toISOString(), state: 'complete' });
  });

  it('that PagerDuty no longer tells is a gap that coverage names, and what is told goes on', async () => {
    const account = tinyAccount(1);
    account.lists.oncalls = [turn('U1', 0, NOW + 20 * HOURS)];
    const stage = await stages.begin(account);
    await until(onCallRead(stage.store));
    await stage.harvest.stop();
    account.now += 100 * DAY;
    account.refuseIf = (url) =>
      url.pathname === '/oncalls' && Date.parse(url.searchParams.get('since') ?? '') < account.now - 90 * DAY
        ? 400
        : null;
    const harvest = await stages.again(stage);
    const onCall = () => harvest.status().streams.find(({ stream }) => stream === 'on_call');
    await until(() => Date.parse(onCall()?.to ?? '') > account.now);
    expect(onCall()).toMatchObject({ state: 'error', reason: expect.stringContaining('400') });
    expect(Date.parse(onCall()?.from ?? '')).toBeGreaterThan(Date.parse(at(NOW)));
  });
});
