import { SECOND } from '../clock.ts';

/** What an answer's headers say of the rate limit. */
export interface Limits {
  /** Requests of the current minute that are allowed; null where it does not say. */
  limit: number | null;
  /** Milliseconds to wait before the next request; null where there is nothing to wait for. */
  halt: number | null;
}

/** Reads the rate limit's headers; `underWay` requests are already sent and will use up what remains. */
export function readLimits({ status, headers }: Response, underWay: number): Limits {
  const limit = numberIn(headers, 'ratelimit-limit');
  const reset = numberIn(headers, 'ratelimit-reset');
  const left = numberIn(headers, 'ratelimit-remaining') ?? Number.POSITIVE_INFINITY;
  const used = status === 429 || left <= underWay;
  return {
    limit: limit !== null && limit >= 1 ? limit : null,
    halt: reset !== null && used ? Math.max(1, reset) * SECOND : null,
  };
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  const number = Number(text ?? Number.NaN);
  return text === null || text === '' || Number.isNaN(number) ? null : number;
}
