import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import { sql } from '../../sql/statement.ts';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, entry, FROM, incident, rowsOf, TO, to } from '../testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

const ANN = {
  user: 'Ann B.',
  user_id: 'Ann',
  on_call_hours: 168,
  interruptions: 1,
  sleep_interruptions: 1,
  interruptions_per_100_hours: expect.closeTo(100 / 168, 9),
  nights: 7,
  broken_nights: 1,
  worst_week_band: 'good',
};

it('people are told with all that they carried, also off duty', async () => {
  expect(rowsOf(await ask(store, { queryType: 'people' }))).toEqual([
    {
      user: 'Bob B.',
      user_id: 'Bob',
      on_call_hours: 14,
      interruptions: 2,
      sleep_interruptions: 1,
      interruptions_per_100_hours: expect.closeTo(200 / 14, 9),
      nights: 2,
      broken_nights: 0,
      worst_week_band: 'good',
    },
    ANN,
  ]);
});

it('people take the filters that choose on-call time too, and are cut with the full count', async () => {
  const filters = [{ dimension: 'user', op: '=' as const, values: ['Ann'] }];
  expect(rowsOf(await ask(store, { queryType: 'people', filters }))).toEqual([ANN]);
  const other = [{ dimension: 'urgency', op: '=' as const, values: ['high'] }];
  const { error } = await ask(store, { queryType: 'people', filters: other });
  expect(error).toBe(
    'dimension "urgency" does not go with people; use user, team, schedule, escalation_policy',
  );
  const { frames } = await ask(store, { queryType: 'people', limit: 1 });
  expect(frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(/Showing 1 of 2 people/);
});

it("a week's band counts the nights of the person's own calendar week, over a clock change too", async () => {
  const own = await accountStore();
  const times = [
    '2026-03-22T22:30:00Z',
    '2026-03-22T23:30:00Z',
    '2026-03-29T00:30:00Z',
    '2026-03-29T01:30:00Z',
  ];
  await own.transact(async (writer) => {
    const turn = { user_id: 'Ann', escalation_policy_id: 'P1', schedule_id: 'C1', level: 1 };
    const span = { start: Date.parse('2026-03-23T00:00:00Z'), end: Date.parse(TO) };
    await writer.put('on_call', [{ id: 'O9', ...turn, ...span }]);
    await writer.put(
      'incident',
      times.map((at, index) => incident(`I1${index}`, at)),
    );
    await writer.put(
      'log_entry',
      times.map((at, index) => entry(`N${index}`, `I1${index}`, 'notify', at, to('Ann'))),
    );
    const touched = { incidents: times.map((_, index) => `I1${index}`), onCall: ['Ann'] };
    const covered = { from: Date.parse(FROM), until: Date.parse(TO) };
    await derive(writer, touched, { settings: readConfig({}), covered });
  });
  const bands = async (range = { from: FROM, to: TO }) => {
    const rows = rowsOf(await ask(own, { queryType: 'people', range }));
    return rows.find((row) => row.user_id === 'Ann')?.worst_week_band;
  };
  expect(await bands()).toBe('watch');
  expect(await bands({ from: '2026-03-29T01:00:00.000Z', to: TO })).toBe('good');
  await own.close();
});

it('a person without a zone, deleted since and never on call, is there with what woke them and no rate', async () => {
  const odd = await accountStore();
  const at = '2026-03-21T23:30:00Z';
  await odd.transact(async (writer) => {
    await writer.put('user', [
      { id: 'Gone', name: 'Gone G.', url: null, email_hash: null, listed: false, deleted_at: Date.parse(at) },
    ]);
    await writer.put('incident', [incident('I7', at)]);
    await writer.put('log_entry', [entry('N1', 'I7', 'notify', at, to('Gone'))]);
    await derive(writer, { incidents: ['I7'] }, { settings: readConfig({}), covered: null });
  });
  const rows = rowsOf(await ask(odd, { queryType: 'people' }));
  expect(rows.find((row) => row.user_id === 'Gone')).toEqual({
    user: 'Gone G.',
    user_id: 'Gone',
    on_call_hours: 0,
    interruptions: 1,
    sleep_interruptions: 1,
    interruptions_per_100_hours: null,
    nights: 1,
    broken_nights: 0,
    worst_week_band: null,
  });
  await odd.close();
});

/** What leans on on-call time and log entries alike, where one of them is not known. */
const NO_RATES = { interruptions_per_100_hours: null, nights: null, worst_week_band: null };
const NO_PAGES = { ...NO_RATES, interruptions: null, sleep_interruptions: null, broken_nights: null };

/** An account of which log entries and on-call time are harvested from other instants on. */
async function storeFrom(log: string, onCall: string): Promise<Store> {
  const partial = await accountStore();
  const row = { to: Date.parse(TO), state: 'running', rows: 6, reason: null };
  const from = { incidents: log, log_entries: log, on_call: onCall };
  await partial.transact(async (writer) => {
    await writer.put(
      'coverage',
      Object.entries(from).map(([stream, at]) => ({ ...row, stream, from: Date.parse(at) })),
    );
  });
  return partial;
}

it('where log entries are harvested later than the range, what leans on them is null with the reason', async () => {
  const late = await storeFrom('2026-03-20T00:00:00Z', FROM);
  await late.transact((writer) => writer.remove('page', sql`TRUE`));
  const range = { from: '2026-03-05T00:00:00.000Z', to: '2026-03-12T00:00:00.000Z' };
  const answer = await ask(late, { queryType: 'people', range });
  expect(rowsOf(answer)).toEqual([
    { user: 'Ann B.', user_id: 'Ann', on_call_hours: 96, ...NO_PAGES },
    { user: 'Bob B.', user_id: 'Bob', on_call_hours: 14, ...NO_PAGES },
  ]);
  expect(answer.frames[0]?.schema.meta.notices?.at(-1)?.text).toBe(
    'interruptions, sleep_interruptions, interruptions_per_100_hours, nights, broken_nights and worst_week_band are unknown: log entries are harvested from 2026-03-20T00:00:00.000Z on.',
  );
  const by = { by: ['user'], format: 'table', range };
  for (const metric of ['interruptions', 'interruptions_per_100_hours', 'on_call_hours'] as const) {
    const told = new Map(rowsOf(await ask(late, { metric, ...by })).map((row) => [row.user_id, row[metric]]));
    for (const row of rowsOf(answer)) expect(told.get(row.user_id) ?? null).toBe(row[metric]);
  }
  await late.close();
});

it('where on-call time is harvested later than the range, hours are null and not 0', async () => {
  const late = await storeFrom(FROM, '2026-03-20T00:00:00Z');
  await late.transact((writer) => writer.remove('shift', sql`TRUE`));
  const range = { from: FROM, to: '2026-03-12T00:00:00.000Z' };
  const answer = await ask(late, { queryType: 'people', range });
  expect(rowsOf(answer)).toEqual([
    expect.objectContaining({ user_id: 'Bob', on_call_hours: null, ...NO_RATES, interruptions: 2 }),
    expect.objectContaining({ user_id: 'Ann', on_call_hours: null, ...NO_RATES, interruptions: 1 }),
  ]);
  expect(answer.frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(
    /on_call_hours.* is unknown or too low: on-call time is known from 2026-03-20/,
  );
  await late.close();
});

it('a week on call before what is harvested is not counted as a good one', async () => {
  const late = await storeFrom('2026-03-09T00:00:00Z', FROM);
  const rows = rowsOf(await ask(late, { queryType: 'people' }));
  const bandOf = (user: string) => rows.find((row) => row.user_id === user)?.worst_week_band;
  expect([bandOf('Ann'), bandOf('Bob')]).toEqual([null, 'good']);
  await late.close();
});

it('where on-call time is not harvested, what leans on it is null with the reason', async () => {
  const blind = await accountStore();
  const row = {
    stream: 'on_call',
    from: null,
    to: null,
    state: 'disabled',
    rows: 0,
    reason: 'needs oncalls.read',
  };
  await blind.transact(async (writer) => {
    await writer.put('coverage', [row]);
    await derive(writer, { onCall: ['Ann', 'Bob'] }, { settings: readConfig({}), covered: null });
  });
  const answer = await ask(blind, { queryType: 'people' });
  expect(rowsOf(answer).map((person) => person.on_call_hours)).toEqual([null, null]);
  expect(answer.frames[0]?.schema.meta.notices?.at(-1)?.text).toMatch(
    /on_call_hours.* is unknown.*needs oncalls.read/,
  );
  expect(rowsOf(answer)).toMatchObject([
    { ...NO_RATES, interruptions: 2, sleep_interruptions: 1, broken_nights: 0 },
    { ...NO_RATES, interruptions: 1, sleep_interruptions: 1, broken_nights: 1 },
  ]);
  await blind.close();
});
