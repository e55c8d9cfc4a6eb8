import { DAY } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import type { Span } from '../../model/facts/shifts.ts';
import type { RowOf, TableName } from '../../model/index.ts';
import type { Row, Store, Writer } from '../../store/store.ts';
import { type DeriveContext, derive, type Touched } from '../derive.ts';
import { BEGIN, type Draw, randomEntry, randomIncident, randomOnCall, randomZones } from './random-rows.ts';

/** The span of on-call time that is known of the random accounts. */
export const COVERED: Span = { from: BEGIN - DAY, until: BEGIN + 6 * DAY };

/** What the facts of random accounts are derived with. */
export const CONTEXT: DeriveContext = {
  settings: {
    ...readConfig({}),
    timeZone: 'Asia/Kathmandu',
    teams: [{ team: 'Night owls', hours: { sleep: { from: 30, to: 510 } } }],
    services: { S2: { fingerprint: 'key' } },
    categories: [{ name: 'Disks of the shop', title: 'disk', service: 'shop' }],
  },
  covered: COVERED,
};

/** One row as a harvest reads it, and what it touches. */
export interface Step {
  table: TableName;
  row: Row;
  touched: Touched;
}

const put = <T extends TableName>(table: T, row: RowOf<T>, touched: Touched): Step => ({
  table,
  row,
  touched,
});

/** Writes rows without deriving anything. */
export async function write(writer: Writer, steps: readonly Step[]): Promise<void> {
  for (const [table, members] of Map.groupBy(steps, (step) => step.table)) {
    await writer.put(table, members.map(({ row }) => row) as RowOf<typeof table>[]);
  }
}

function spanOf(row: RowOf<'on_call'>): Span {
  return { from: row.start ?? COVERED.from, until: row.end ?? COVERED.until };
}

/** What a random account holds at the end, and the ways in which it can arrive. */
export function randomAccount(draw: Draw) {
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
    ...randomTeams(draw, incidents).map((step) => [step]),
  ];
  return { entries, incidents: readable.flatMap((states) => states.slice(-1)), streams };
}

/** Teams of incidents, none to three of them, and of the policies: no fact depends on these. */
function randomTeams(draw: Draw, incidents: readonly RowOf<'incident'>[]): Step[] {
  const policies = [
    ['E1', 'T1'],
    ['E1', 'T2'],
    ['E2', 'T2'],
  ] as const;
  return [
    ...policies.map(([escalation_policy_id, team_id]) =>
      put('policy_team', { escalation_policy_id, team_id }, {}),
    ),
    ...incidents.flatMap(({ id: incident_id }) =>
      draw
        .shuffled(['T1', 'T2', 'T3'])
        .slice(draw.whole(0, 3))
        .map((team_id) => put('incident_team', { incident_id, team_id }, {})),
    ),
  ];
}

/** Deals the steps of all streams into one order that keeps each stream's own. */
export function interleaved(draw: Draw, streams: readonly Step[][]): Step[] {
  const turns = draw.shuffled(streams.flatMap((steps, i) => steps.map(() => i)));
  const next = streams.map(() => 0);
  return turns.flatMap((i) => {
    const step = streams[i]?.[next[i] ?? 0];
    next[i] = (next[i] ?? 0) + 1;
    return step ? [step] : [];
  });
}

/** Writes the steps in portions of random size, the facts derived along with each. */
export async function arrive(store: Store, steps: readonly Step[], draw: Draw): Promise<void> {
  for (let i = 0; i < steps.length; ) {
    const batch = steps.slice(i, i + draw.one([1, 20, 100, 250]));
    i += batch.length;
    await store.transact(async (writer) => {
      await write(writer, batch);
      await derive(writer, together(batch.map(({ touched }) => touched)), CONTEXT);
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
