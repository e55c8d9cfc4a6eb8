import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE, SECOND } from '../clock.ts';
import { readConfig } from '../config.ts';
import { rulesVersion } from '../model/facts/rules.ts';
import { CREATED, sampleEntry, sampleIncident } from '../model/facts/testing/samples.ts';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Row, Store } from '../store/store.ts';
import { newStore } from '../store/testing/engine.ts';
import { derive, type Touched } from './derive.ts';
import { declareRules, deriveAll } from './derive-all.ts';

const settings = readConfig({});
const context = { settings, covered: { from: CREATED, until: CREATED + DAY } };

let store: Store;
beforeEach(async () => {
  store = await newStore();
});
afterEach(() => store.close());

/** Writes entries and incidents and derives what they touch. */
function arrive(
  rows: { incidents?: RowOf<'incident'>[]; entries?: RowOf<'log_entry'>[] },
  touched: Touched = {},
): Promise<void> {
  return store.transact(async (writer) => {
    await writer.put('incident', rows.incidents ?? []);
    await writer.put('log_entry', rows.entries ?? []);
    const incidents = [
      ...(rows.incidents ?? []).map(({ id }) => id),
      ...(rows.entries ?? []).map(({ incident_id }) => incident_id),
    ];
    await derive(writer, { incidents, ...touched }, context);
  });
}

/** A page of Anna by an incident of its own, so many seconds after the sample instant. */
const page = (seconds: number, given: Partial<RowOf<'log_entry'>> = {}) =>
  sampleEntry('notify', seconds, { user_id: 'ANNA', incident_id: `Q${seconds}`, ...given });

async function interruptions(): Promise<number[]> {
  const rows = await store.read<{ time: number }>(
    sql`SELECT "time" FROM "page" WHERE "interruption" ORDER BY "time"`,
  );
  return rows.map(({ time }) => (time - CREATED) / SECOND);
}

async function all(table: 'page' | 'incident_fact' | 'shift'): Promise<Row[]> {
  const { [table]: statement } = {
    page: sql`SELECT * FROM "page" ORDER BY "id"`,
    incident_fact: sql`SELECT * FROM "incident_fact" ORDER BY "incident_id"`,
    shift: sql`SELECT * FROM "shift" ORDER BY "user_id", "start"`,
  };
  return store.read(statement);
}

describe('bursts', () => {
  it('are formed again for a late page before them, whole and across incidents', async () => {
    await arrive({ entries: [200, 450, 700, 950].map((at) => page(at)) });
    expect(await interruptions()).toEqual([200, 700]);
    await arrive({ entries: [page(0)] });
    expect(await interruptions()).toEqual([0, 450, 950]);
  });

  it('are formed again where a page vanishes, as its notification turns out to be an e-mail', async () => {
    await arrive({ entries: [0, 200, 450, 700, 950].map((at) => page(at)) });
    await arrive({ entries: [page(0, { notification_type: 'email_notification' })] });
    expect(await interruptions()).toEqual([200, 700]);
    expect(await all('page')).toHaveLength(4);
  });

  it('of a night-long chain change to its end', async () => {
    const times = Array.from({ length: 60 }, (_, i) => 200 + i * 250);
    await arrive({ entries: times.map((at) => page(at)) });
    expect(await interruptions()).toEqual(times.filter((_, i) => i % 2 === 0));
    await arrive({ entries: [page(0)] });
    expect(await interruptions()).toEqual([0, ...times.filter((_, i) => i % 2 === 1)]);
  });
});

describe('flapping', () => {
  const incident = (minutes: number, given: Partial<RowOf<'incident'>> = {}) =>
    sampleIncident({ id: `Q${minutes}`, created_at: CREATED + minutes * MINUTE, ...given });
  const flapping = async () =>
    (await all('incident_fact')).filter((fact) => fact.flapping).map((fact) => fact.incident_id);

  it('reaches incidents of earlier transactions, and leaves them with the one that moves away', async () => {
    await arrive({ incidents: [incident(0), incident(20)] });
    expect(await flapping()).toEqual([]);
    await arrive({ incidents: [incident(40)] });
    expect(await flapping()).toEqual(['Q0', 'Q20', 'Q40']);
    await arrive({ incidents: [incident(40, { title: 'Something else' })] });
    expect(await flapping()).toEqual([]);
  });

  it('follows the open times of incidents that were resolved later', async () => {
    const hours = [0, 180, 360, 540, 720];
    await arrive({ incidents: hours.map((at) => incident(at, { status: 'triggered', resolved_at: null })) });
    expect(await flapping()).toEqual([]);
    const quick = hours.slice(0, 3).map((at) => incident(at, { resolved_at: CREATED + (at + 10) * MINUTE }));
    await arrive({ incidents: quick });
    expect(await flapping()).toHaveLength(5);
  });
});

it('writes nothing where facts come out as they are stored', async () => {
  const rows = { incidents: [sampleIncident()], entries: [page(0, { incident_id: 'Q1' })] };
  const users = { users: ['ANNA'], onCall: ['ANNA'] };
  await arrive(rows, users);
  const { version } = store;
  await store.transact((writer) => derive(writer, { incidents: ['Q1'], ...users }, context));
  expect(store.version).toBe(version);
});

it('keeps the pages of an incident that can no longer be read, and drops its other facts', async () => {
  await arrive({ incidents: [sampleIncident()], entries: [page(0, { incident_id: 'Q1' })] });
  await store.transact(async (writer) => {
    await writer.remove('incident', sql`TRUE`);
    await derive(writer, { incidents: ['Q1'] }, context);
  });
  expect(await all('incident_fact')).toEqual([]);
  expect(await all('page')).toMatchObject([{ urgency: null, interruption: true }]);
});

it('derives the facts of people again whose zone becomes known, and of later times where it changes', async () => {
  const zone = (version: number, time_zone: string, seen_at: number) =>
    store.transact(async (writer) => {
      await writer.put('user_zone', [{ user_id: 'ANNA', version, time_zone, seen_at }]);
      await derive(writer, { users: ['ANNA'] }, context);
    });
  const hours = async (table: 'page' | 'shift') => (await all(table)).map((row) => row.hour);
  const duty = {
    ...{ id: 'O1', user_id: 'ANNA', escalation_policy_id: 'E1', schedule_id: null, level: 1 },
    ...{ start: CREATED, end: CREATED + 60 * MINUTE },
  };
  await store.transact((writer) => writer.put('on_call', [duty]));
  await arrive({ entries: [page(0), page(1800)] }, { onCall: ['ANNA'] });
  expect([await hours('page'), await hours('shift')]).toEqual([[12, 12], [12]]);
  await zone(1, 'Europe/Berlin', CREATED + DAY);
  expect([await hours('page'), await hours('shift')]).toEqual([[13, 13], [13]]);
  await zone(2, 'Asia/Tokyo', CREATED + 1000 * SECOND);
  expect([await hours('page'), await hours('shift')]).toEqual([
    [13, 21],
    [13, 21],
  ]);
});

describe('under new settings', () => {
  const noted = async () => store.read(sql`SELECT "name", "value" FROM "note" WHERE "name" LIKE 'rules%'`);
  const strict = { ...context, settings: { ...settings, burstWindow: 100, timeZone: 'Asia/Tokyo' } };

  it('everything is derived again once, and the rules are noted', async () => {
    await arrive({ entries: [page(0), page(200)] });
    await deriveAll(store, strict);
    expect(await interruptions()).toEqual([0, 200]);
    expect((await all('page')).map((row) => row.hour)).toEqual([21, 21]);
    expect(await noted()).toEqual([{ name: 'rules', value: rulesVersion(strict.settings) }]);
    const { version } = store;
    await deriveAll(store, strict);
    expect(store.version).toBe(version);
  });

  it('a derivation that is ended after each transaction goes on where it was, to the same facts', async () => {
    await arrive({ incidents: [sampleIncident()], entries: [page(0), page(200)] });
    let runs = 0;
    const runOnce = async () => {
      runs += 1;
      const ending = new AbortController();
      const interrupted: Store = {
        ...store,
        async transact(work) {
          const result = await store.transact(work);
          ending.abort(new Error('ended'));
          return result;
        },
      };
      await deriveAll(interrupted, strict, ending.signal);
    };
    while (runs < 20 && (await runOnce().catch(() => 'ended')) === 'ended') {
      expect(await noted()).toMatchObject([{ name: 'rules_progress' }]);
    }
    expect(runs).toBe(5);
    expect(await noted()).toEqual([{ name: 'rules', value: rulesVersion(strict.settings) }]);
    expect(await interruptions()).toEqual([0, 200]);
  });

  it('that are taken back before the derivation is done, nothing of them stays', async () => {
    await deriveAll(store, context);
    await declareRules(store, strict.settings);
    await store.transact(async (writer) => {
      await writer.put('log_entry', [page(0), page(200)]);
      await derive(writer, { incidents: ['Q0', 'Q200'] }, strict);
    });
    expect(await interruptions()).toEqual([0, 200]);
    await declareRules(store, settings);
    await deriveAll(store, context);
    expect(await interruptions()).toEqual([0]);
    expect(await noted()).toEqual([{ name: 'rules', value: rulesVersion(settings) }]);
  });
});
