import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import type { Query, QueryResponse, Viewer } from '../../contract.ts';
import { derive } from '../../harvest/derive.ts';
import {
  BEGIN,
  type Draw,
  drawFrom,
  randomEntry,
  randomIncident,
  randomOnCall,
  randomZones,
  USERS,
} from '../../harvest/testing/random-rows.ts';
import { createLog } from '../../log.ts';
import { emailHash, KEY_NOTE } from '../../model/keyed-hash.ts';
import { type Statement, sql, textOf } from '../../sql/statement.ts';
import type { Reader, Row, Store } from '../../store/store.ts';
import { newStore } from '../../store/testing/engine.ts';
import { catalogue } from '../catalogue.ts';
import type { Policy } from '../people/view.ts';
import { runQueries } from '../run.ts';
import { accountStore, ask, incident, rowsOf, TO } from '../testing/account.ts';
import { cached } from './cached.ts';

const KEY = '00'.repeat(32);
const END = BEGIN + 9 * DAY;
const STEPS = 16;
/** Rows arrive so many times before the harvest says that it has come further. */
const STEPS_AT_ONCE = 2;
const settings = readConfig({});
const { metrics } = catalogue();

let store: Store;
beforeAll(async () => {
  store = await newStore();
  const directory = { url: null, listed: true, deleted_at: null };
  await store.transact(async (writer) => {
    await writer.put('note', [
      { name: KEY_NOTE, value: KEY, written_at: null },
      { name: 'rules', value: 'tested', written_at: null },
    ]);
    await writer.put(
      'user',
      USERS.map((id) => ({
        id,
        name: `Name ${id}`,
        email_hash: emailHash(KEY, `${id}@example.com`),
        ...directory,
      })),
    );
    await writer.put('user_zone', randomZones());
    await writer.put('service', [
      { id: 'S1', name: 'One', escalation_policy_id: 'E1', runbook: null, ...directory },
    ]);
  });
});
afterAll(() => store.close());

/** What arrives in each step: what happened in it, and now and then something old that came late or changed. */
function arrivals(draw: Draw) {
  const length = (END - BEGIN) / STEPS;
  const stepOf = (at: number) => {
    const late = draw.number() < 0.15 ? draw.whole(3, 8) : 0;
    return Math.min(STEPS - 1, Math.max(0, Math.floor((at - BEGIN) / length)) + late);
  };
  const incidents = Array.from({ length: 60 }, (_, n) => randomIncident(draw, n)).flat();
  const entries = incidents.flatMap((one, n) =>
    Array.from({ length: 5 }, (_, m) => randomEntry(draw, one, n * 5 + m)),
  );
  const late = (rows: readonly { created_at: number }[]) =>
    Map.groupBy(rows, ({ created_at }) => stepOf(created_at));
  return {
    incidents: late(incidents) as Map<number, typeof incidents>,
    entries: late(entries) as Map<number, typeof entries>,
    onCalls: Array.from({ length: 20 }, (_, n) => randomOnCall(draw, n)),
    until: (step: number) => BEGIN + (Math.floor(step / STEPS_AT_ONCE) + 1) * STEPS_AT_ONCE * length,
  };
}

async function arrive({ incidents, entries, onCalls, until }: ReturnType<typeof arrivals>, step: number) {
  const [told, steps] = [incidents.get(step) ?? [], entries.get(step) ?? []];
  await store.transact(async (writer) => {
    await writer.put('incident', told);
    await writer.put(
      'incident_team',
      told.map(({ id }) => ({ incident_id: id, team_id: 'T1' })),
    );
    await writer.put('log_entry', steps);
    await writer.put('on_call', step === 0 ? onCalls : []);
    const coverage = { from: BEGIN, to: until(step), state: 'complete', rows: 1, reason: null };
    await writer.put(
      'coverage',
      ['incidents', 'log_entries', 'on_call'].map((stream) => ({ stream, ...coverage })),
    );
    const ids = [...told.map(({ id }) => id), ...steps.map(({ incident_id }) => incident_id)];
    const touched = { incidents: ids, ...(step === 0 && { onCall: USERS }) };
    await derive(writer, touched, { settings, covered: { from: BEGIN, until: until(step) } });
  });
}

const TYPES = ['noise', 'night', 'people', 'pages', 'incidents', 'episodes', 'log_entries', 'on_call'];

/** A metric over all of the account in hours or days, so that most of it is long past. */
function standingQuery(draw: Draw): Query {
  const { name, dimensions } = draw.one(metrics.filter(({ dimensions }) => dimensions.includes('service')));
  return {
    refId: 'A',
    range: { from: new Date(BEGIN).toISOString(), to: new Date(END + DAY).toISOString() },
    queryType: 'metric',
    metric: name,
    by: [draw.one(dimensions)],
    bucket: draw.one(['hour', 'day']),
    format: 'table',
  };
}

function randomQuery(draw: Draw, now: number): Query {
  const to = now + draw.one([0, 30_000, HOUR, DAY]);
  const span = draw.one([DAY, 3 * DAY, 6 * DAY, 8 * DAY]) + draw.one([0, 30_000, 7 * HOUR]);
  const shared = {
    refId: 'A',
    range: { from: new Date(to - span).toISOString(), to: new Date(to).toISOString() },
    timeZone: draw.one(['UTC', 'Europe/Berlin', 'Australia/Lord_Howe']),
  };
  if (draw.number() < 0.3) return { ...shared, queryType: draw.one(TYPES) };
  const { name, dimensions } = draw.one(metrics);
  return {
    ...shared,
    queryType: 'metric',
    metric: name,
    by: draw.one([[], [draw.one(dimensions)]]),
    bucket: draw.one(['none', 'hour', 'day', 'week']),
    format: draw.one(['time_series', 'table']),
    compare: draw.one(['none', 'previous']),
  };
}

/** What one viewer is answered, asked through a reader. */
async function answer(reader: Reader, query: Query, people: Policy, viewer: Viewer): Promise<QueryResponse> {
  const answering = {
    reader,
    settings: { ...settings, people },
    plans: () => ({ budgets: [], slos: [], faults: [] }),
    configuration: () => 'as tested',
    log: createLog('silent'),
  };
  return runQueries({ queries: [query], viewer }, answering, new AbortController().signal);
}

/** The store, with the statements that it is asked for. */
function watched() {
  const asked: string[] = [];
  const reader = {
    get version() {
      return store.version;
    },
    changedSince: (version: number) => store.changedSince(version),
    read: <R extends Row>(statement: Statement, signal?: AbortSignal) => {
      asked.push(textOf(statement));
      return store.read<R>(statement, signal);
    },
  };
  return { asked, reader };
}

it('every answer out of the cache is the one without it, for every viewer, while rows arrive', async () => {
  const draw = drawFrom(20_260_326);
  const rows = arrivals(draw);
  const [plain, behind] = [watched(), watched()];
  const shared = cached(behind.reader);
  const standing = Array.from({ length: 6 }, () => standingQuery(draw));
  for (let step = 0; step < STEPS; step++) {
    await arrive(rows, step);
    const queries = Array.from({ length: 4 }, () => randomQuery(draw, rows.until(step)));
    for (const query of [...standing, ...queries]) {
      const people = draw.one<Policy>(['names', 'pseudonyms', 'aggregates']);
      const viewer = { login: 'x', email: draw.one(['U1@example.com', 'U2@example.com', '']), role: 'Admin' };
      const [expected, given] = [
        await answer(plain.reader, query, people, viewer),
        await answer(shared, query, people, viewer),
      ];
      expect(given, JSON.stringify({ step, query, people, viewer })).toEqual(expected);
      expect(expected.results.A?.error).toBeUndefined();
    }
  }
  expect(behind.asked.length).toBeLessThan(plain.asked.length);
});

it('a panel that is drawn again half a minute later, while rows arrive, asks only for what is not long past', async () => {
  const { asked, reader } = watched();
  const shared = cached(reader);
  const now = END + 10 * MINUTE;
  const draw = async (later: number) => {
    asked.length = 0;
    const range = {
      from: new Date(now - 6 * DAY + later).toISOString(),
      to: new Date(now + later).toISOString(),
    };
    const query: Query = { refId: 'A', queryType: 'metric', metric: 'incidents', bucket: 'hour', range };
    await answer(shared, query, 'names', { login: 'x', email: '', role: 'Viewer' });
    return asked.filter((text) => text.includes('AS "figure"')).length;
  };
  expect(await draw(0)).toBe(3);
  expect(await draw(0)).toBe(0);
  await store.transact((writer) => writer.put('incident', [incident('I9001', new Date(END).toISOString())]));
  expect(await draw(30_000)).toBe(2);
});

it('a range that ends later than all that is stored is asked for once, wherever it ends', async () => {
  const { asked, reader } = watched();
  const shared = cached(reader);
  for (const later of [2 * HOUR, 2 * HOUR + 30_000, DAY]) {
    const range = { from: new Date(BEGIN).toISOString(), to: new Date(END + later).toISOString() };
    const query: Query = { refId: 'A', queryType: 'metric', metric: 'pages', range };
    await answer(shared, query, 'names', { login: 'x', email: '', role: 'Viewer' });
  }
  expect(asked.filter((text) => text.includes('AS "figure"'))).toHaveLength(1);
});

it.each(['noise', 'night', 'people', 'pages', 'incidents', 'episodes', 'log_entries', 'metric'])(
  'of all who open %s milliseconds apart the first is asked for; the others look only at on-call time',
  async (queryType) => {
    const { asked, reader } = watched();
    const shared = cached(reader);
    const [first] = await store.read<{ at: number }>(sql`SELECT min("created_at") AS "at" FROM "incident"`);
    const draw = async (later: number) => {
      asked.length = 0;
      const range = {
        from: new Date(Number(first?.at) - 1000 + later).toISOString(),
        to: new Date(END + DAY + later).toISOString(),
      };
      const metric = queryType === 'metric' && { metric: 'incidents', bucket: 'day' as const };
      const query: Query = { refId: 'A', queryType, ...metric, range };
      const { results } = await answer(shared, query, 'names', { login: 'x', email: '', role: 'Viewer' });
      expect(results.A?.error).toBeUndefined();
      return asked.filter((text) => !text.includes('"shift"'));
    };
    expect((await draw(0)).length).toBeGreaterThan(2);
    expect(await draw(7)).toEqual([]);
    expect((await draw(5 * HOUR)).length).toBeGreaterThan(0);
  },
);

it.each([
  ['Asia/Kolkata', 30],
  ['Asia/Kathmandu', 15],
])(
  'in %s an hour begins %i minutes past: ranges from either side of that are told apart, though no row lies between',
  async (timeZone, minutes) => {
    const account = await accountStore();
    const hour = Date.parse(TO) - 20 * HOUR;
    const at = hour + 35 * MINUTE;
    await account.transact(async (writer) => {
      await writer.put('incident', [incident('I9', new Date(at).toISOString())]);
      await derive(writer, { incidents: ['I9'] }, { settings, covered: null });
    });
    for (const from of [5, 14, 16, 25, 29, 31, 34, 16]) {
      const range = { from: new Date(hour + from * MINUTE).toISOString(), to: TO };
      const query = { metric: 'incidents', bucket: 'hour' as const, format: 'table' as const };
      const rows = rowsOf(await ask(account, { ...query, timeZone, range }));
      const counted = rows.filter(({ incidents }) => incidents === 1).map(({ time }) => time);
      expect(counted).toEqual([hour + minutes * MINUTE]);
    }
    await account.close();
  },
);
