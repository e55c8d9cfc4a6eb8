import type { Honesty, Notice } from '../contract.ts';
import { sql } from '../sql/statement.ts';
import type { Reader, Row } from '../store/store.ts';
import { lastInstant } from './bounds.ts';
import type { Metric } from './metrics/metric.ts';

/** One stream's row of the coverage table. */
export interface StreamCoverage extends Row {
  stream: string;
  from: number | null;
  to: number | null;
  state: string;
  rows: number;
  reason: string | null;
}

/** How much of the account's past is stored, read once for each request. */
export interface Coverage {
  streams: readonly StreamCoverage[];
  /** From here to `until`, incidents and log entries are whole; null before anything is. */
  from: number | null;
  /** Up to here the feed has read; null before the first read. */
  until: number | null;
  /** On-call time is known from here on; null where PagerDuty tells none. */
  onCallFrom: number | null;
  /** No incident, log entry or page that is stored is later. */
  last: number;
  /** Incidents that log entries tell of and PagerDuty no longer has (404). */
  gone: number;
  /** Why the answer may lack something, in words; null where nothing is wrong. */
  trouble: string | null;
  simulated: boolean;
  /** True where the harvest of incidents is under way or done and has found none. */
  empty: boolean;
  rules: string;
}

/** What else is known of an account, beside its streams. */
interface Known extends Row {
  simulated: boolean | null;
  rules: string | null;
  gone: number;
}

const ESSENTIAL = ['incidents', 'log_entries'];

/** Reads what is covered; all figures lean on the streams incidents and log_entries. */
export async function readCoverage(reader: Reader, signal?: AbortSignal): Promise<Coverage> {
  const [streams, [known]] = await Promise.all([
    reader.read<StreamCoverage>(sql`SELECT * FROM "coverage" ORDER BY "stream"`, signal),
    reader.read<Known>(
      sql`SELECT (SELECT "simulated" FROM "account") AS "simulated", (SELECT "value" FROM "note" WHERE "name" = 'rules') AS "rules", (SELECT count(*) FROM "unreadable_incident" WHERE "status" = 404) AS "gone"`,
      signal,
    ),
  ]);
  const essential = ESSENTIAL.map((name) => streams.find((stream) => stream.stream === name));
  const onCall = streams.find((stream) => stream.stream === 'on_call');
  const until = earliest(essential.map((stream) => stream?.to ?? null));
  return {
    streams,
    from: latest(essential.map((stream) => stream?.from ?? null)),
    until,
    last: await lastInstant(reader, until, signal),
    onCallFrom: onCall?.from ?? null,
    gone: known?.gone ?? 0,
    trouble: troubleOf(essential),
    simulated: known?.simulated === true,
    empty: essential.every((stream) => stream?.to != null && stream.rows === 0),
    rules: known?.rules ?? 'none',
  };
}

/** Every reason once, with the streams that it concerns. */
function troubleOf(essential: readonly (StreamCoverage | undefined)[]): string | null {
  const broken = essential.filter((stream) => stream?.state === 'error' || stream?.state === 'disabled');
  const reasons = Map.groupBy(broken, (stream) => stream?.reason ?? stream?.state);
  const told = [...reasons].map(
    ([reason, streams]) => `${streams.map((stream) => stream?.stream).join(', ')}: ${reason}`,
  );
  return told.join(' ') || null;
}

function latest(times: (number | null)[]): number | null {
  return times.reduce((a, b) => (a === null || b === null ? null : Math.max(a, b)));
}

function earliest(times: (number | null)[]): number | null {
  return times.reduce((a, b) => (a === null || b === null ? null : Math.min(a, b)));
}

/** Whether a question's range is whole, and the time before it that an answer leans on since `since`; and why not. */
export function honestyOf(
  coverage: Coverage,
  { from, since = from }: { from: number; since?: number | undefined },
  zone: string,
): Omit<Honesty, 'configuration'> {
  const reason = reasonOf(coverage, from, since);
  return {
    harvestedUntil: coverage.until === null ? null : iso(coverage.until),
    complete: reason === null,
    reason,
    timeZone: zone,
    rules: coverage.rules,
  };
}

function reasonOf(coverage: Coverage, from: number, since: number): string | null {
  if (coverage.trouble) return coverage.trouble;
  if (coverage.rules === 'none' && coverage.until !== null)
    return 'Facts are being derived again; figures may still change.';
  if (coverage.from === null || coverage.until === null)
    return 'The harvest has only begun: nothing is complete yet.';
  if (since < coverage.from)
    return `The harvest reaches back to ${iso(coverage.from)} so far; earlier figures are missing or too low.`;
  if (from >= coverage.until)
    return `The harvest has read up to ${iso(coverage.until)}; the range begins later.`;
  return null;
}

/** The notices that every answer carries where they hold: simulated data, incomplete data, incidents that are gone, an account without any. */
export function noticesOf(coverage: Coverage, honesty: Pick<Honesty, 'complete' | 'reason'>): Notice[] {
  const simulated: Notice = {
    severity: 'info',
    text: 'Simulated data: this account is made up and nobody was paged.',
  };
  const incomplete: Notice = { severity: 'warning', text: `Incomplete: ${honesty.reason ?? ''}` };
  const gone: Notice = {
    severity: 'info',
    text: `${coverage.gone} incidents that log entries tell of are gone (404): their pages count, they themselves do not.`,
  };
  const empty: Notice = {
    severity: 'info',
    text: 'No incident was created in all that is harvested of this account.',
  };
  return [
    ...(coverage.simulated ? [simulated] : []),
    ...(honesty.complete ? [] : [incomplete]),
    ...(coverage.gone > 0 ? [gone] : []),
    ...(coverage.empty ? [empty] : []),
  ];
}

/** Says so where a column leans on on-call time that is not harvested, in part or at all. */
export function onCallNotices(column: string, coverage: Coverage, from: number): Notice[] {
  const { onCallFrom, streams } = coverage;
  if (onCallFrom !== null && onCallFrom <= from) return [];
  const reason = streams.find(({ stream }) => stream === 'on_call')?.reason;
  const reach =
    onCallFrom === null
      ? 'on-call time is not harvested'
      : `on-call time is known from ${iso(onCallFrom)} on`;
  const text = `${column} is unknown or too low: ${reach}${reason ? ` (${reason})` : ''}.`;
  return [{ severity: 'warning', text }];
}

/** Says so where columns lean on incidents and log entries of which nothing is harvested in the range. */
export function logNotices(
  columns: string,
  coverage: Coverage,
  range: { from: number; to: number },
): Notice[] {
  const { from, until } = coverage;
  if (isCovered(coverage, { start: range.from, end: range.to }, false)) return [];
  if (from === null || until === null)
    return [{ severity: 'warning', text: `${columns} are unknown: no log entries are harvested yet.` }];
  const reach = range.to <= from ? `from ${iso(from)} on` : `up to ${iso(until)}`;
  return [{ severity: 'warning', text: `${columns} are unknown: log entries are harvested ${reach}.` }];
}

/** An instant as people and programs read it. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** From when on what a metric is made of is stored; null before anything is. */
export function coveredFrom(coverage: Coverage, metric: Metric): number | null {
  const onCall = metric.family === 'on_call' ? [coverage.onCallFrom] : [];
  const log = metric.family !== 'on_call' || 'figure' in metric ? [coverage.from] : [];
  return latest([...onCall, ...log]);
}

/** True where a span meets what is stored of [from, until), or lies in it whole. */
export function isCovered(
  stored: { from: number | null; until: number | null },
  { start, end }: { start: number; end: number },
  whole: boolean,
): boolean {
  const { from, until } = stored;
  if (from === null || until === null) return false;
  return whole ? start >= from && end <= until : end > from && start < until;
}
