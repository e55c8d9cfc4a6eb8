import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../clock.ts';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
import { createStages, ready, rowsOf, type Stage, until } from './harvest.fixture.ts';
import { ref, type TinyAccount, thing, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

async function harvested(account: TinyAccount): Promise<Stage> {
  const stage = await stages.begin(account);
  await until(ready(stage.harvest));
  await stage.harvest.stop();
  return stage;
}

/** Reads the directory once more. */
async function readAgain(account: TinyAccount, stage: Stage): Promise<void> {
  account.now += 3_600_000;
  const harvest = await stages.again(stage);
  await until(async () => (await coverageOf(stage.store, 'priorities')).to === account.now);
  await harvest.stop();
}

const coverageOf = async (store: Store, stream: string) => {
  const row = (await rowsOf(store, 'coverage')).find((one) => one.stream === stream);
  return {
    ...row,
    reason: row?.reason,
    at: Number(row?.to),
    to: Math.floor(Number(row?.to) / 3_600_000) * 3_600_000,
  };
};

const byId = async (store: Store, table: 'user' | 'team' | 'schedule', id: string) =>
  (await rowsOf(store, table)).find((row) => row.id === id);

describe('a thing that a list no longer has', () => {
  it('counts as deleted after the second whole list without it, is kept, and coverage says so', async () => {
    const account = tinyAccount(1);
    const stage = await harvested(account);
    const gone = account.lists.users?.pop();
    account.members.T1 = [];
    await readAgain(account, stage);
    expect(await byId(stage.store, 'user', 'U2')).toMatchObject({ listed: true, deleted_at: null });
    expect((await coverageOf(stage.store, 'users')).reason).toMatch(/^1 were not in the last list/);
    await readAgain(account, stage);
    expect(await byId(stage.store, 'user', 'U2')).toMatchObject({
      name: "U2's name",
      listed: false,
      deleted_at: expect.any(Number),
    });
    expect((await coverageOf(stage.store, 'users')).reason).toMatch(/^1 are no longer listed/);
    expect(await rowsOf(stage.store, 'team_member')).toEqual([]);
    if (gone) account.lists.users?.push(gone);
    await readAgain(account, stage);
    expect(await byId(stage.store, 'user', 'U2')).toMatchObject({ listed: true, deleted_at: null });
    expect((await coverageOf(stage.store, 'users')).reason).toBeNull();
  });

  it('stays where it was missing once, or where the list came empty', async () => {
    const account = tinyAccount(1);
    const stage = await harvested(account);
    const teams = account.lists.teams;
    account.lists.teams = [thing('team', 'T2')];
    await readAgain(account, stage);
    account.lists.teams = teams ?? [];
    await readAgain(account, stage);
    account.lists.teams = [thing('team', 'T2')];
    await readAgain(account, stage);
    account.lists.teams = [];
    await readAgain(account, stage);
    await readAgain(account, stage);
    expect(await byId(stage.store, 'team', 'T1')).toMatchObject({ listed: true });
    expect((await coverageOf(stage.store, 'teams')).reason).toMatch(/^The list came empty, but 2 are known/);
  });

  it('keeps the members of a team that turned private', async () => {
    const account = tinyAccount(1);
    const stage = await harvested(account);
    account.refuse.set('/teams/T1/members', 403);
    await readAgain(account, stage);
    expect(await rowsOf(stage.store, 'team_member')).toEqual([{ team_id: 'T1', user_id: 'U1' }]);
    expect(await coverageOf(stage.store, 'teams')).toMatchObject({
      state: 'complete',
      reason: expect.stringContaining('The members of 1 may not be read'),
    });
  });
});

it('adds a version to a person whose zone changes, and none otherwise', async () => {
  const account = tinyAccount(1);
  const stage = await harvested(account);
  account.lists.users = [
    thing('user', 'U1', { time_zone: 'Europe/Oslo' }),
    thing('user', 'U2', { time_zone: null }),
  ];
  await readAgain(account, stage);
  expect(
    await stage.store.read(sql`SELECT "user_id", "version", "time_zone" FROM "user_zone" ORDER BY 1, 2`),
  ).toEqual([
    { user_id: 'U1', version: 1, time_zone: 'Asia/Kathmandu' },
    { user_id: 'U1', version: 2, time_zone: 'Europe/Oslo' },
    { user_id: 'U2', version: 1, time_zone: null },
  ]);
});

describe('schedules', () => {
  it('that became shift-based are named by their own kind of list, and not deleted', async () => {
    const account = tinyAccount(1);
    account.lists.schedules?.push(thing('schedule', 'C2'));
    const stage = await harvested(account);
    account.lists.schedules = [thing('schedule', 'C2')];
    account.lists.v3_schedules = [
      thing('schedule_v3', 'C1', { name: 'By shifts', time_zone: 'Asia/Tokyo' }),
      thing('schedule_v3', 'C3', { name: 'New', time_zone: 'Asia/Tokyo' }),
    ];
    await readAgain(account, stage);
    await readAgain(account, stage);
    const schedules = await rowsOf(stage.store, 'schedule');
    expect(schedules.map((row) => [row.id, row.name, row.time_zone, row.listed])).toEqual([
      ['C1', "C1's name", 'UTC', true],
      ['C2', "C2's name", null, true],
      ['C3', 'New', 'Asia/Tokyo', true],
    ]);
    const single = account.asked.filter((path) => path.startsWith('/v3/schedules/'));
    expect(single).toHaveLength(1);
  });

  it('of shifts that are refused singly keep what is known of them, and coverage says so until they may be read', async () => {
    const account = tinyAccount(1);
    account.lists.v3_schedules = [thing('schedule_v3', 'C3', { name: 'Shifts', time_zone: 'UTC' })];
    account.refuse.set('/v3/schedules/C3', 403);
    const stage = await harvested(account);
    const told = () => stage.harvest.status().streams.filter(({ stream }) => stream.startsWith('schedules'));
    expect(told()).toMatchObject([{ state: 'error' }, { state: 'error' }]);
    expect(told()[0]?.reason).toContain('1 may not be read singly (403, 404)');
    expect(await byId(stage.store, 'schedule', 'C3')).toMatchObject({ name: 'C3', listed: true });
    account.refuse.clear();
    await readAgain(account, stage);
    expect(await byId(stage.store, 'schedule', 'C3')).toMatchObject({ name: 'Shifts', time_zone: 'UTC' });
  });

  it('of shifts are kept where PagerDuty no longer knows a list that it had', async () => {
    const account = tinyAccount(1);
    account.lists.v3_schedules = [thing('schedule_v3', 'C3', { name: 'Shifts', time_zone: 'UTC' })];
    const stage = await harvested(account);
    delete account.lists.v3_schedules;
    await readAgain(account, stage);
    await readAgain(account, stage);
    await readAgain(account, stage);
    expect(await byId(stage.store, 'schedule', 'C3')).toMatchObject({ listed: true, deleted_at: null });
    expect(await rowsOf(stage.store, 'missing_thing')).toEqual([]);
  });

  it('of shifts that PagerDuty does not know are no fault', async () => {
    const account = tinyAccount(1);
    const { harvest } = await stages.begin(account);
    await until(ready(harvest));
    const v3 = harvest.status().streams.find(({ stream }) => stream === 'schedules_v3');
    expect(v3).toMatchObject({
      state: 'disabled',
      reason: 'PagerDuty has no /v3/schedules for this account (404).',
    });
    await until(() => harvest.status().complete);
    expect(harvest.status().error).toBeNull();
  });
});

it('notes how far the feed was when lists began to be read that hide others, whatever becomes of the rest', async () => {
  const account = tinyAccount(1);
  // So that the directory is read again in seconds, and never whole.
  account.refuse.set('/priorities', 400);
  const { store, harvest } = await stages.begin(account);
  await until(() => harvest.harvestedUntil() !== null);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  let isHeld = false;
  let isOver = false;
  account.holdIf = ({ pathname }) => {
    isOver ||= isHeld && pathname === '/users';
    // The reading after this one never ends.
    if (isHeld) return isOver ? new Promise(() => undefined) : null;
    isHeld = pathname === '/maintenance_windows';
    return isHeld ? promise : null;
  };
  await until(() => isHeld);
  const before = harvest.harvestedUntil();
  account.now += 5 * MINUTE;
  await until(() => (harvest.harvestedUntil() ?? 0) > account.now - MINUTE);
  release();
  await until(() => isOver);
  const note = (await rowsOf(store, 'note')).find((one) => one.name === 'fed_when_listed');
  expect(Number(note?.value)).toBeGreaterThan(0);
  expect(Number(note?.value)).toBeLessThanOrEqual(before ?? 0);
});

it('maintenance windows are kept with their services', async () => {
  const account = tinyAccount(1);
  account.lists.maintenance_windows = [
    {
      ...thing('maintenance_window', 'M1'),
      description: 'Disks',
      start_time: '2026-11-10T01:00:00+01:00',
      end_time: '2026-11-10T02:00:00Z',
      services: [ref('service', 'S1')],
    },
  ];
  const stage = await harvested(account);
  expect(await rowsOf(stage.store, 'maintenance_window')).toMatchObject([
    { id: 'M1', description: 'Disks', start: Date.parse('2026-11-10T00:00:00Z'), listed: true },
  ]);
  expect(await rowsOf(stage.store, 'maintenance_window_service')).toEqual([
    { maintenance_window_id: 'M1', service_id: 'S1' },
  ]);
});
