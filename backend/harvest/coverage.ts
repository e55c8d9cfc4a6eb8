import type { Span } from '../model/facts/shifts.ts';
import type { RowOf } from '../model/index.ts';
import { TIMED, type TimedStream } from '../pagerduty/endpoints/index.ts';
import { sql } from '../sql/statement.ts';
import type { Reader } from '../store/store.ts';
import type { Fault, Faults } from './faults.ts';
import { type Ledger, windowsOf } from './ledger.ts';
import { contiguousFrom, type Window } from './plan.ts';

/** A row of the coverage table. */
export type CoverageRow = RowOf<'coverage'>;

/** The streams of incidents and of what is done with them; all figures lean on them. */
export const ESSENTIAL = ['incidents', 'log_entries'] as const satisfies TimedStream[];

/** Remarks on what a stream holds, such as entries of unknown types, by stream. */
export type Remarks = ReadonlyMap<string, string>;

/** The coverage of all streams read in spans, as a transaction sees the store and the ledger will be. */
export async function timedCoverage(
  reader: Reader,
  ledger: Ledger,
  faults: Faults,
  remarks: Remarks,
): Promise<CoverageRow[]> {
  const [counts] = await reader.read<Record<TimedStream, number>>(
    sql`SELECT (SELECT count(*) FROM "incident") AS "incidents", (SELECT count(*) FROM "log_entry") AS "log_entries", (SELECT count(*) FROM "on_call") AS "on_call"`,
  );
  const told = await onCallTold(reader);
  const strange = await strangeCounts(reader);
  return (Object.keys(TIMED) as TimedStream[]).map((stream) => {
    const reach = reachOf(ledger, stream);
    const whole = latest(reach, gapEnd(ledger, stream) ?? reach);
    return {
      stream,
      from: stream === 'on_call' ? latest(whole, told) : whole,
      to: stream === 'on_call' ? ledger.onCallUntil : ledger.watermark,
      rows: counts?.[stream] ?? 0,
      ...stateOf(ledger, stream, faults.ofStream(stream), [
        remarks.get(stream) ?? null,
        strangeRows(strange.get(stream) ?? 0),
      ]),
    };
  });
}

/** The coverage of a stream that is at fault and had none, or of one whose fault has only changed. */
export function faultyCoverage(ledger: Ledger, stream: string, fault: Fault): CoverageRow {
  const row = ledger.coverage.get(stream) ?? { stream, from: null, to: null, rows: 0 };
  return { ...row, state: fault.state, reason: fault.reason };
}

/** How far back, without a gap, a stream has been read; null before its newest window is done. */
export function reachOf(ledger: Ledger, stream: TimedStream): number | null {
  if (ledger.firstStart === null) return null;
  const windows = windowsOf(ledger, stream);
  const from = windows.length === 0 ? ledger.firstStart : contiguousFrom(windows, ledger.firstStart);
  return from === null ? null : Math.max(from, ledger.keptFrom ?? from);
}

/** The span of which on-call time was read without a gap; null before any was. */
export function onCallCovered(ledger: Ledger): Span | null {
  const reach = reachOf(ledger, 'on_call') ?? ledger.firstStart;
  const from = latest(reach, gapEnd(ledger, 'on_call') ?? reach);
  const until = ledger.onCallUntil ?? ledger.firstStart;
  return from !== null && until !== null && from < until ? { from, until } : null;
}

/**
 * What keeps a stream from being whole since the harvest began. A second with too many incidents or entries, which stays
 * as it is, makes the stream's state an error instead, as else nothing before it would count.
 */
const GAPS = {
  incidents: ['waiting'],
  log_entries: ['waiting'],
  on_call: ['waiting', 'failed'],
} as const satisfies Record<TimedStream, Window['state'][]>;

/** Where the last span ends that a stream has not been read of, or must be read of again, since the harvest began; null where there is none. */
function gapEnd(ledger: Ledger, stream: TimedStream): number | null {
  const states: readonly string[] = GAPS[stream];
  const unread = windowsOf(ledger, stream)
    .filter(({ end, state }) => end > (ledger.firstStart ?? end) && states.includes(state))
    .map(({ end }) => end);
  return unread.length > 0 ? Math.max(...unread) : null;
}

function stateOf(
  ledger: Ledger,
  stream: TimedStream,
  fault: Fault | undefined,
  remarks: readonly (string | null)[],
): Pick<CoverageRow, 'state' | 'reason'> {
  if (fault) return { state: fault.state, reason: fault.reason };
  const windows = windowsOf(ledger, stream);
  const failed = windows.find((window) => window.state === 'failed');
  if (failed) return { state: 'error', reason: inOne([failed.reason, ...remarks]) };
  const isSought = stream === 'incidents' && ledger.openRead === null;
  const waiting = isSought || windows.some((window) => window.state === 'waiting');
  return { state: waiting ? 'running' : 'complete', reason: inOne(remarks) };
}

/** What is said of rows that nothing could be made of; null for none. */
export function strangeRows(count: number): string | null {
  return count > 0 ? `${count} rows have a form of which nothing can be made, and are not kept.` : null;
}

/** Sentences as one text; null for none. */
export function inOne(sentences: readonly (string | null)[]): string | null {
  return sentences.filter((text) => text !== null && text !== '').join(' ') || null;
}

async function strangeCounts(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.read<{ stream: string; count: number }>(
    sql`SELECT "stream", count(*) AS "count" FROM "strange_row" GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.stream, row.count]));
}

/** The first instant of which PagerDuty told any on-call time: -Infinity with a permanent entry, null without any. */
async function onCallTold(reader: Reader): Promise<number | null> {
  const [row] = await reader.read<{ first: number | null; permanent: number }>(
    sql`SELECT min("start") AS "first", count(*) FILTER (WHERE "start" IS NULL) AS "permanent" FROM "on_call"`,
  );
  return (row?.permanent ?? 0) > 0 ? Number.NEGATIVE_INFINITY : (row?.first ?? null);
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}
