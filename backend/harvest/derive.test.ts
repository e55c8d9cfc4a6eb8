import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Span } from '../model/facts/shifts.ts';
import type { RowOf, TableName } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Row, Store, Writer } from '../store/store.ts';
import { newStore } from '../store/testing/engine.ts';
import { type DeriveContext, derive, type Touched } from './derive.ts';
import { deriveAll } from './derive-all.ts';
import { plainFlapping, plainPages } from './testing/brute-force.ts';
import {
  BEGIN,
  type Draw,
  drawFrom,
  randomEntry,
  randomIncident,
  randomOnCall,
  randomZones,
  USERS,
} from './testing/random-rows.ts';

const covered: Span = { from: BEGIN - DAY, until: BEGIN + 6 * DAY };

const context: DeriveContext = {
  settings: {
    ...readConfig({}),
    timeZone: 'Asia/Kathmandu',
    teams: [{ team: 'Night owls', hours: { sleep: { from: 30, to: 510 } } }],
    services: { S2: { fingerprint: 'key' } },
    categories: [{ name: 'Disks of the shop', title: 'disk', service: 'shop' }],
  },
  covered,
};

/** One row as a harvest reads it, and what it touches. */
interface Step {
  table: TableName;
  row: Row;
  touched: Touched;
}

const put = <T extends TableName>(table: T, row: RowOf<T>, touched: Touched): Step => ({
  table,
  row,
  touched,
});

async function write(writer: Writer, steps: readonly Step[]): Promise<void> {
  for (const [table, members] of Map.groupBy(steps, (step) => step.table)) {
    await writer.put(table, members.map(({ row }) => row) as RowOf<typeof table>[]);
  }
}

function spanOf(row: RowOf<'on_call'>): Span {
  return { from: row.start ?? covered.from, until: row.end ?? covered.until };
}

/** What a random account holds at the end, and the ways in which it can arrive. */
function randomAccount(draw: Draw) {
  const histories = Array.from({ length: 70 }, (_, n) => randomIncident(draw, n));
  const incidents = histories.flatMap((states) => states.slice(-1));
  const entries = Array.from({ length: 500 }, (_, n) => randomEntry(draw, draw.one(incidents), n));
  const readable = histories.filter(() => draw.number() < 0.95);
  const onCalls = Array.from({ length: 25 }, (_, n) => randomOnCall(draw, n));
  const directory = [
    ...randomZones().map((row) => put('user_zone', row, { users: [row.user_id] })),
    put(
      'team',
      { id: 'T1', name: 'Night owls', url: null, listed: true, deleted_at: null },
      { users: ['U2'] },
    ),
    put('team_member', { team_id: 'T1', user_id: 'U2' }, { users: ['U2'] }),
    put(
      'service',
      {
        id: 'S1',
        name: 'Web shop',
        escalation_policy_id: null,
        runbook: null,
        url: null,
        listed: true,
        deleted_at: null,
      },
      { services: ['S1'] },
    ),
    put(
      'priority',
      { id: 'P2', name: 'Second', rank: 2, listed: true, deleted_at: null },
      { priorities: true },
    ),
  ];
  const streams: Step[][] = [
    ...readable.map((states) => states.map((row) => put('incident', row, { incidents: [row.id] }))),
    ...entries.map((row) => [put('log_entry', row, { incidents: [row.incident_id] })]),
    ...onCalls.map((row) => [put('on_call', row, { onCall: [row.user_id], onCallSpan: spanOf(row) })]),
    ...directory.map((step) => [step]),
  ];
  return { entries, incidents: readable.flatMap((states) => states.slice(-1)), streams };
}

/** Deals the steps of all streams into one order that keeps each stream's own. */
function interleaved(draw: Draw, streams: readonly Step[][]): Step[] {
  const turns = draw.shuffled(streams.flatMap((steps, i) => steps.map(() => i)));
  const next = streams.map(() => 0);
  return turns.flatMap((i) => {
    const step = streams[i]?.[next[i] ?? 0];
    next[i] = (next[i] ?? 0) + 1;
    return step ? [step] : [];
  });
}

async function arrive(store: Store, steps: readonly Step[], draw: Draw): Promise<void> {
  for (let i = 0; i < steps.length; ) {
    const batch = steps.slice(i, i + draw.one([1, 20, 100, 250]));
    i += batch.length;
    await store.transact(async (writer) => {
      await write(writer, batch);
      await derive(writer, together(batch.map(({ touched }) => touched)), context);
    });
  }
}

function together(all: readonly Touched[]): Touched {
  const spans = all.flatMap((one) => one.onCallSpan ?? []);
  return {
    ...(spans.length > 0 && {
      onCallSpan: {
        from: Math.min(...spans.map(({ from }) => from)),
        until: Math.max(...spans.map(({ until }) => until)),
      },
    }),
    incidents: all.flatMap((one) => [...(one.incidents ?? [])]),
    users: all.flatMap((one) => [...(one.users ?? [])]),
    services: all.flatMap((one) => [...(one.services ?? [])]),
    onCall: all.flatMap((one) => [...(one.onCall ?? [])]),
    priorities: all.some((one) => one.priorities),
  };
}

async function facts(store: Store) {
  return {
    pages: await store.read<RowOf<'page'>>(sql`SELECT * FROM "page" ORDER BY "id"`),
    incidents: await store.read<RowOf<'incident_fact'>>(
      sql`SELECT * FROM "incident_fact" ORDER BY "incident_id"`,
    ),
    shifts: await store.read<RowOf<'shift'>>(
      sql`SELECT * FROM "shift" ORDER BY "user_id", "start", "escalation_policy_id", "schedule_key"`,
    ),
  };
}

describe('derive', () => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore();
  });
  afterEach(() => store.close());

  it.each([1, 2, 3, 4])('makes the same facts in whatever order rows arrive (account %i)', async (seed) => {
    const draw = drawFrom(seed);
    const account = randomAccount(draw);
    const steps = interleaved(draw, account.streams);
    await arrive(store, steps, draw);
    const grown = await facts(store);

    const atOnce = await newStore();
    await atOnce.transact((writer) => write(writer, steps));
    await deriveAll(atOnce, context);
    expect(grown).toEqual(await facts(atOnce));
    await atOnce.close();

    const plain = grown.pages.map(
      ({ id, user_id, incident_id, time, notifications, interruption, awake_until }) => ({
        id,
        user_id,
        incident_id,
        time,
        notifications,
        interruption,
        awake_until,
      }),
    );
    expect(plain).toEqual(plainPages(account.entries));
    const alike = Map.groupBy(
      account.incidents,
      ({ id }) => grown.incidents.find((fact) => fact.incident_id === id)?.fingerprint,
    );
    const flapping = [...alike.values()].flatMap((incidents) => [...plainFlapping(incidents)]);
    expect(grown.incidents.filter((fact) => fact.flapping).map((fact) => fact.incident_id)).toEqual(
      flapping.sort(),
    );
  });

  it.each([5, 6])(
    'makes the same shifts whether on-call time is known at once or bit by bit (account %i)',
    async (seed) => {
      const draw = drawFrom(seed);
      const onCalls = Array.from({ length: 25 }, (_, n) => randomOnCall(draw, n));
      await store.transact(async (writer) => {
        await writer.put('on_call', onCalls);
        await writer.put('user_zone', randomZones());
      });
      const touch = (onCallSpan: Span, known: Span) =>
        store.transact((writer) =>
          derive(writer, { onCall: USERS, onCallSpan }, { ...context, covered: known }),
        );

      let known = { from: BEGIN + 2 * DAY, until: BEGIN + 2 * DAY + HOUR };
      await touch(known, known);
      while (known.from > covered.from || known.until < covered.until) {
        const step = draw.whole(1, 90) * 20 * MINUTE;
        const back = draw.number() < 0.5;
        const before = known;
        known = back
          ? { ...before, from: Math.max(covered.from, before.from - step) }
          : { ...before, until: Math.min(covered.until, before.until + step) };
        const grown = back
          ? { from: known.from, until: before.from }
          : { from: before.until, until: known.until };
        await touch(grown, known);
      }
      const bitByBit = (await facts(store)).shifts;
      await store.transact((writer) => writer.remove('shift', sql`TRUE`));
      await touch(covered, covered);
      expect((await facts(store)).shifts).toEqual(bitByBit);
      expect(bitByBit.length).toBeGreaterThan(100);
    },
  );
});
