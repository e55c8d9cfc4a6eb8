import { SECOND } from '../clock.ts';
import type { Status, StreamStatus } from '../contract.ts';
import type { Client } from '../pagerduty/client.ts';
import type { CoverageRow } from './coverage.ts';
import { ESSENTIAL } from './coverage.ts';
import type { Crew } from './crew.ts';
import type { Window } from './plan.ts';

/** What the harvest knows of GET /status. */
export type HarvestStatus = Pick<
  Status,
  | 'account'
  | 'state'
  | 'harvestedUntil'
  | 'behindSeconds'
  | 'complete'
  | 'reason'
  | 'error'
  | 'lastError'
  | 'remarks'
  | 'progress'
  | 'requests'
  | 'streams'
>;

/** The harvest's own state: on its way, at work, or stopped for a reason. */
export interface Standing {
  connected: boolean;
  /** Why it stopped, with what to do; null while it runs or was stopped on purpose. */
  stopped: string | null;
  running: boolean;
}

const BROKEN = new Set(['error', 'disabled']);

/** Puts the status together from what is known in memory. */
export function statusOf(crew: Crew, standing: Standing): HarvestStatus {
  const { ledger, pace } = crew;
  const reason = whyIncomplete(crew, standing);
  return {
    account: ledger.account,
    state: stateOf(crew, standing),
    harvestedUntil: iso(harvestedUntil(crew)),
    behindSeconds: behind(crew),
    complete: reason === null,
    reason,
    error: standing.stopped ?? faultInWords(crew, [...ESSENTIAL, ...crew.faults.streams()]),
    lastError: lastError(crew),
    remarks: remarksOf(crew),
    progress: pace.progress(ledger),
    requests: crew.source.client.requests(),
    streams: [...ledger.coverage.values()].map(streamStatus).sort((a, b) => (a.stream < b.stream ? -1 : 1)),
  };
}

/** Up to here all figures are whole: the least of the streams that they lean on. */
export function harvestedUntil(crew: Crew): number | null {
  const ends = ESSENTIAL.map((stream) => crew.ledger.coverage.get(stream)?.to ?? null);
  return ends.reduce((a, b) => (a === null || b === null ? null : Math.min(a, b)));
}

function behind(crew: Crew): number | null {
  const until = harvestedUntil(crew);
  return until === null ? null : Math.max(0, (crew.source.client.serverNow() - until) / SECOND);
}

function stateOf(crew: Crew, standing: Standing): Status['state'] {
  if (standing.stopped !== null || !standing.running) return 'stopped';
  if (!standing.connected) return 'starting';
  return waitingWindows(crew).length > 0 || seeksOpen(crew) ? 'harvesting' : 'ready';
}

/** True until all open incidents were read once, but where the account or its key rules incidents out. */
function seeksOpen({ ledger, faults }: Crew): boolean {
  return ledger.openRead === null && faults.ofStream('incidents')?.state !== 'disabled';
}

function whyIncomplete(crew: Crew, standing: Standing): string | null {
  if (standing.stopped !== null) return standing.stopped;
  if (!standing.connected) return 'The harvest is only starting.';
  const fault = faultInWords(crew, ESSENTIAL);
  if (fault) return fault;
  const failed = [...crew.ledger.windows.values()].filter(
    (window) => window.state === 'failed' && isEssential(window.stream),
  );
  if (failed[0]) return `${failed.length} windows could not be read: ${failed[0].reason ?? ''}`;
  const left = waitingWindows(crew).length;
  if (left > 0) return `The backfill is running: ${left} windows are left.`;
  return seeksOpen(crew) ? 'Open incidents are being looked for, however old.' : null;
}

function isEssential(stream: string): boolean {
  return ESSENTIAL.some((essential) => essential === stream);
}

/** The first fault of some streams in words. */
function faultInWords(crew: Crew, streams: readonly string[]): string | null {
  const stream = streams.find((one) => crew.faults.ofStream(one));
  return stream === undefined ? null : `${stream}: ${crew.faults.ofStream(stream)?.reason ?? ''}`;
}

function lastError({ faults }: Crew): Status['lastError'] {
  const last = faults.last();
  return last && { stream: last.stream, message: last.reason, at: new Date(last.at).toISOString() };
}

/** What is to be known of streams and makes no figure incomplete. */
function remarksOf({ ledger }: Crew): string[] {
  return [...ledger.coverage.values()]
    .filter(({ stream, state, reason }) => reason && !(isEssential(stream) && BROKEN.has(state)))
    .map(({ stream, reason }) => `${stream}: ${reason}`)
    .sort();
}

/** Windows to be read, but for those of streams that the account or its key rules out. */
function waitingWindows({ ledger, faults }: Crew): Window[] {
  return [...ledger.windows.values()].filter(
    (window) => window.state === 'waiting' && faults.ofStream(window.stream)?.state !== 'disabled',
  );
}

/** A row of the coverage table as GET /status tells it. */
export function streamStatus(row: CoverageRow): StreamStatus {
  return {
    stream: row.stream,
    from: iso(row.from),
    to: iso(row.to),
    state: row.state as StreamStatus['state'],
    rows: row.rows,
    reason: row.reason,
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The status before the harvest has read the store. */
export function statusBeforeStart(client: Client): HarvestStatus {
  return {
    account: null,
    state: 'starting',
    harvestedUntil: null,
    behindSeconds: null,
    complete: false,
    reason: 'The harvest is only starting.',
    error: null,
    lastError: null,
    remarks: [],
    progress: { done: 0, window: null, rows: 0, rowsPerSecond: null, secondsLeft: null },
    requests: client.requests(),
    streams: [],
  };
}
