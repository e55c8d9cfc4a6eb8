import type * as wire from '../contract.ts';
import type { Cause } from './cause.ts';

/** The requests of one endpoint and cause. */
export type RequestCount = wire.RequestCount & { cause: Cause };

/** What one request came to; `refused` is the status of a refusal. */
export type Outcome = Partial<Pick<RequestCount, 'requests' | 'retried' | 'rows' | 'bytes' | 'seconds'>> & {
  refused?: number;
};

/** Counts requests by endpoint and cause. */
export interface Tally {
  add(path: string, cause: Cause, outcome: Outcome): void;
  counts(): RequestCount[];
}

/** Makes a tally at nothing. */
export function createTally(): Tally {
  const counts = new Map<string, RequestCount>();
  return {
    add(path, cause, outcome) {
      const endpoint = endpointOf(path);
      const key = `${endpoint} ${cause}`;
      counts.set(key, added(counts.get(key) ?? nothing(endpoint, cause), outcome));
    },
    counts: () => [...counts.values()],
  };
}

function nothing(endpoint: string, cause: Cause): RequestCount {
  return {
    ...{ endpoint, cause, requests: 0, refused: 0, retried: 0 },
    ...{ rows: 0, bytes: 0, seconds: 0, statuses: {} },
  };
}

function added(count: RequestCount, outcome: Outcome): RequestCount {
  const { requests = 0, retried = 0, rows = 0, bytes = 0, seconds = 0, refused } = outcome;
  return {
    ...count,
    requests: count.requests + requests,
    refused: count.refused + (refused === undefined ? 0 : 1),
    retried: count.retried + retried,
    rows: count.rows + rows,
    bytes: count.bytes + bytes,
    seconds: count.seconds + seconds,
    statuses:
      refused === undefined
        ? count.statuses
        : { ...count.statuses, [refused]: (count.statuses[refused] ?? 0) + 1 },
  };
}

function endpointOf(path: string): string {
  return path.replace(/^((?:\/v3)?\/[a-z_]+)\/[^/]+/, '$1/{id}');
}
