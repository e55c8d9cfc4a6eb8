import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../clock.ts';
import type { RowOf } from '../../model/index.ts';
import { instant, type Statement, sql } from '../../sql/statement.ts';
import type { Reader, Row, Store } from '../../store/store.ts';
import { newStore } from '../../store/testing/engine.ts';
import { entry, incident } from '../testing/account.ts';
import { cached } from './cached.ts';

const AT = '2026-03-10T00:00:00Z';
const NOW = Date.parse(AT);
const ALL = sql`SELECT "id" FROM "log_entry" ORDER BY "id"`;
const BEFORE = (end: number) =>
  sql`SELECT "id" FROM "log_entry" WHERE "created_at" < ${instant(end)} ORDER BY "id"`;

let store: Store;
let asked: Statement[];
let signals: (AbortSignal | undefined)[];
let slow: Promise<void> | null;
let reader: Reader;

beforeEach(async () => {
  store = await newStore();
  [asked, signals, slow] = [[], [], null];
  reader = cached(watched());
  await add('L1', AT);
});
afterEach(() => store.close());

/** The store, with an eye on what it is asked. */
function watched(): Pick<Store, 'read' | 'version' | 'changedSince'> {
  return {
    get version() {
      return store.version;
    },
    changedSince: (version) => store.changedSince(version),
    async read<R extends Row>(statement: Statement, signal?: AbortSignal) {
      asked.push(statement);
      signals.push(signal);
      await slow;
      return store.read<R>(statement, signal);
    },
  };
}

const add = (id: string, at: string, more: Partial<RowOf<'log_entry'>> = {}) =>
  store.transact((writer) => writer.put('log_entry', [entry(id, 'I1', 'notify', at, more)]));
const ids = async (statement: Statement, end?: number) =>
  (await reader.read(statement, undefined, end)).map(({ id }) => id);

describe('an answer', () => {
  it('is asked for once while nothing changes, and again when something did', async () => {
    expect([await ids(ALL), await ids(ALL)]).toEqual([['L1'], ['L1']]);
    expect(asked).toHaveLength(1);
    await add('L2', AT);
    expect(await ids(ALL)).toEqual(['L1', 'L2']);
    expect(asked).toHaveLength(2);
  });

  it('is kept for each statement and each value bound in it', async () => {
    const named = (id: string) => sql`SELECT "id" FROM "log_entry" WHERE "id" = ${id}`;
    expect([await ids(named('L1')), await ids(named('L2'))]).toEqual([['L1'], []]);
  });

  it('that ends before all that came since is kept, as by its end; one that does not is asked for again', async () => {
    const end = NOW + 1;
    const later = new Date(end + DAY).toISOString();
    expect(await ids(BEFORE(end), end)).toEqual(['L1']);
    expect(await ids(BEFORE(end + DAY), end + DAY)).toEqual(['L1']);
    await add('L2', later);
    expect(await ids(BEFORE(end), end)).toEqual(['L1']);
    expect(asked).toHaveLength(2);
    expect(await ids(BEFORE(end + DAY), end + DAY)).toEqual(['L1']);
    expect(asked).toHaveLength(3);
    await add('L0', AT);
    expect(await ids(BEFORE(end), end)).toEqual(['L0', 'L1']);
  });

  it('is asked for again when rows were removed, or changed that have no time', async () => {
    const end = NOW + 1;
    await ids(BEFORE(end), end);
    await store.transact((writer) => writer.put('service_team', [{ service_id: 'S1', team_id: 'T1' }]));
    await ids(BEFORE(end), end);
    expect(asked).toHaveLength(2);
    await store.transact((writer) => writer.remove('log_entry', sql`"id" = 'L1'`));
    expect(await ids(BEFORE(end), end)).toEqual([]);
  });

  it('is kept when the harvest only notes how far it is, unless it tells of that', async () => {
    const streams = sql`SELECT "stream" AS "id" FROM "coverage"`;
    expect([await ids(ALL), await ids(streams)]).toEqual([['L1'], []]);
    await store.transact((writer) =>
      writer.put('coverage', [{ stream: 'x', from: 0, to: 1, state: 'complete', rows: 0, reason: null }]),
    );
    expect([await ids(ALL), await ids(streams)]).toEqual([['L1'], ['x']]);
    expect(asked).toHaveLength(3);
  });

  it('that is of the directory alone is kept while rows arrive that have a time, and asked for again when it changes', async () => {
    const services = sql`SELECT "id" FROM "service" ORDER BY "id"`;
    const listed = { name: 'One', escalation_policy_id: null, runbook: null, url: null, listed: true };
    const service = (id: string) => ({ id, ...listed, deleted_at: null });
    await store.transact((writer) => writer.put('service', [service('S1')]));
    expect(await ids(services)).toEqual(['S1']);
    await add('L2', AT);
    await store.transact((writer) => writer.put('incident', [incident('I2', AT)]));
    expect(await ids(services)).toEqual(['S1']);
    expect(asked).toHaveLength(1);
    await store.transact((writer) => writer.put('service', [service('S2')]));
    expect(await ids(services)).toEqual(['S1', 'S2']);
  });

  it('reaches back with an incident to when that was opened', async () => {
    const end = NOW + 1;
    const late = new Date(NOW + 30 * DAY).toISOString();
    await ids(BEFORE(end), end);
    await store.transact(async (writer) => {
      await writer.put('incident', [incident('I2', late)]);
      await writer.put('incident_team', [{ incident_id: 'I2', team_id: 'T1' }]);
    });
    await ids(BEFORE(end), end);
    expect(asked).toHaveLength(1);
    await store.transact((writer) => writer.put('incident', [incident('I1', AT)]));
    await ids(BEFORE(end), end);
    expect(asked).toHaveLength(2);
  });

  it('cannot be changed by one who got it', async () => {
    const rows = await reader.read(ALL);
    expect(() => rows.pop()).toThrow(TypeError);
    expect(() => Object.assign(rows[0] ?? {}, { id: 'other' })).toThrow(TypeError);
  });

  it('takes no more room than is given', async () => {
    const little = cached(watched(), 3000);
    const read = (n: number) => little.read(sql`SELECT "id" FROM "log_entry" WHERE "id" <> ${`X${n}`}`);
    for (let n = 0; n < 20; n++) await read(n);
    asked = [];
    await read(19);
    expect(asked).toHaveLength(0);
    await read(0);
    expect(asked).toHaveLength(1);
    const long = sql`SELECT "id", ${'x'.repeat(3000)} AS "long" FROM "log_entry"`;
    await little.read(long);
    await little.read(long);
    expect(asked).toHaveLength(3);
  });
});

describe('many who ask at the same time', () => {
  it('are answered by one statement', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => ids(ALL)));
    expect(new Set(answers.map(String))).toEqual(new Set(['L1']));
    expect(asked).toHaveLength(1);
  });

  it('do not wait for one that began before rows came', async () => {
    const hold = Promise.withResolvers<void>();
    slow = hold.promise;
    const before = ids(ALL);
    await add('L2', AT);
    slow = null;
    expect(await ids(ALL)).toEqual(['L1', 'L2']);
    hold.resolve();
    await before;
    expect(await ids(ALL)).toEqual(['L1', 'L2']);
    expect(asked).toHaveLength(2);
  });

  it('go on when one of them leaves, and the statement is cancelled only when the last has left', async () => {
    const hold = Promise.withResolvers<void>();
    slow = hold.promise;
    const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
    const reads = [one, two, three].map(({ signal }) => reader.read(ALL, signal));
    const settled = Promise.allSettled(reads);
    one.abort(new Error('the first left'));
    await expect(reads[0]).rejects.toThrow('the first left');
    expect(signals[0]?.aborted).toBe(false);
    hold.resolve();
    slow = null;
    const outcomes = await settled;
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);

    await add('L2', AT);
    const again = Promise.withResolvers<void>();
    slow = again.promise;
    const last = new AbortController();
    const read = reader.read(ALL, last.signal);
    last.abort(new Error('the last left'));
    await expect(read).rejects.toThrow('the last left');
    expect(signals.at(-1)?.aborted).toBe(true);
    slow = null;
    expect(await ids(ALL)).toEqual(['L1', 'L2']);
    again.resolve();
  });

  it('all hear of a failure, and the next one asks again', async () => {
    const wrong = sql`SELECT "nothing" FROM "log_entry"`;
    const outcomes = await Promise.allSettled([reader.read(wrong), reader.read(wrong)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(reader.read(wrong)).rejects.toMatchObject({ code: 'store' });
    expect(asked).toHaveLength(2);
  });
});
