import { HOUR, MINUTE, SECOND } from '../clock.ts';
import { AppError, messageOf } from '../errors.ts';
import type { Endpoint } from '../pagerduty/endpoints/endpoint.ts';
import { DIRECTORY, TIMED } from '../pagerduty/endpoints/index.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';

/** Why a stream does not go on, in words for coverage. */
export interface Fault {
  state: 'error' | 'disabled';
  reason: string;
  /** When it was last met, epoch milliseconds. */
  at: number;
  /** When to try again, epoch milliseconds. */
  retryAt: number;
  /** How often in a row it failed. */
  times: number;
}

/** What does not work at present, by the task that found it and the stream concerned. */
export interface Faults {
  set(task: string, stream: string, error: unknown, now: number): Fault;
  clear(task: string, stream: string): boolean;
  /** True where a task has failed at a stream and its next try is not due yet. */
  waits(task: string, stream: string, now: number): boolean;
  /** Milliseconds until the first of a task's failures is due to be tried again; null where it has none. */
  dueIn(task: string, now: number): number | null;
  /** The fault to show for a stream; a lasting one before a passing one. */
  ofStream(stream: string): Fault | undefined;
  /** Streams with a fault. */
  streams(): string[];
  /** The last one that was met, whether it still holds or not; null before any. */
  last(): (Fault & { stream: string }) | null;
}

const FIRST_WAIT = 15 * SECOND;
const LONGEST_WAIT = 10 * MINUTE;

/** Makes an empty list of faults. */
export function createFaults(): Faults {
  const faults = new Map<string, Fault & { stream: string }>();
  let last: (Fault & { stream: string }) | null = null;
  return {
    set(task, stream, error, now) {
      const before = faults.get(`${task} ${stream}`);
      // Pieces of one task that fail side by side are one failure.
      const times = (before?.times ?? 0) + (before && before.retryAt > now ? 0 : 1);
      const fault = { ...judge(stream, error), at: now, retryAt: now, times, stream };
      const wait = fault.state === 'disabled' ? HOUR : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (times - 1));
      fault.retryAt = now + wait;
      faults.set(`${task} ${stream}`, fault);
      last = fault;
      return fault;
    },
    clear: (task, stream) => faults.delete(`${task} ${stream}`),
    waits(task, stream, now) {
      const left = (faults.get(`${task} ${stream}`)?.retryAt ?? now) - now;
      // A clock that was set back makes no wait longer.
      return left > 0 && left <= HOUR;
    },
    dueIn(task, now) {
      const own = [...faults].filter(([key]) => key.startsWith(`${task} `));
      const due = own.map(([, { retryAt }]) => Math.max(0, retryAt - now));
      return due.length > 0 ? Math.min(...due) : null;
    },
    ofStream(stream) {
      const found = [...faults.values()].filter((fault) => fault.stream === stream);
      return found.find((fault) => fault.state === 'disabled') ?? found[0];
    },
    last: () => last,
    streams: () => [...new Set([...faults.values()].map((fault) => fault.stream))],
  };
}

/** True for what no retry mends and no other stream survives: the key, or the account. */
export function isFatal(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'unauthorized' || error.code === 'conflict');
}

function judge(stream: string, error: unknown): Pick<Fault, 'state' | 'reason'> {
  const kind = error instanceof PagerDutyError ? error.kind : null;
  const endpoint = endpointOf(stream);
  if (kind === 'permission') {
    return {
      state: 'disabled',
      reason: `The API key may not read ${stream} (403): it needs the permission ${endpoint?.scope ?? 'to read it'}.`,
    };
  }
  if (kind === 'plan') {
    const ability = endpoint?.ability ? `the ability "${endpoint.ability}"` : 'an ability';
    return {
      state: 'disabled',
      reason: `The account's plan lacks ${ability} that ${stream} needs (402), which PagerDuty names in its answer: ${messageOf(error)}`,
    };
  }
  return { state: 'error', reason: messageOf(error) };
}

function endpointOf(stream: string): Endpoint | undefined {
  const timed: Readonly<Record<string, Endpoint>> = TIMED;
  const directory: Readonly<Record<string, { endpoint: Endpoint }>> = DIRECTORY;
  return timed[stream] ?? directory[stream]?.endpoint;
}
