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
  | 'complete'
  | 'reason'
  | 'error'
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

/** Puts the status together from what is known in memory. */
export function statusOf(crew: Crew, standing: Standing): HarvestStatus {
  const { ledger, pace } = crew;
  const reason = whyIncomplete(crew, standing);
  return {
    account: ledger.account,
    state: stateOf(crew, standing),
    harvestedUntil: iso(harvestedUntil(crew)),
    complete: reason === null,
    reason,
    error: standing.stopped ?? faultInWords(crew),
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

function stateOf(crew: Crew, standing: Standing): Status['state'] {
  if (standing.stopped !== null || !standing.running) return 'stopped';
  if (!standing.connected) return 'starting';
  return waitingWindows(crew).length > 0 ? 'harvesting' : 'ready';
}

function whyIncomplete(crew: Crew, standing: Standing): string | null {
  if (standing.stopped !== null) return standing.stopped;
  if (!standing.connected) return 'The harvest is only starting.';
  const fault = faultInWords(crew);
  if (fault) return fault;
  const windows = [...crew.ledger.windows.values()];
  const failed = windows.filter((window) => window.state === 'failed');
  if (failed[0]) return `${failed.length} windows could not be read: ${failed[0].reason ?? ''}`;
  const left = waitingWindows(crew).length;
  return left > 0 ? `The backfill is running: ${left} windows are left.` : null;
}

function faultInWords(crew: Crew): string | null {
  const [stream] = crew.faults.streams();
  return stream === undefined ? null : `${stream}: ${crew.faults.ofStream(stream)?.reason ?? ''}`;
}

function waitingWindows(crew: Crew): Window[] {
  return [...crew.ledger.windows.values()].filter((window) => window.state === 'waiting');
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
    complete: false,
    reason: 'The harvest is only starting.',
    error: null,
    progress: { done: 0, window: null, rows: 0, rowsPerSecond: null, secondsLeft: null },
    requests: client.requests(),
    streams: [],
  };
}
