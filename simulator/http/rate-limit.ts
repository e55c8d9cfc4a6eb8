import { MINUTE, SECOND } from '../time.ts';

/** What a request is told about the limit. */
export interface Allowance {
  allowed: boolean;
  headers: Record<string, string>;
}

/** Counts the requests of each minute; `now` in epoch ms. */
export type RateLimiter = (limit: number, now: number) => Allowance;

/** Makes a limiter whose minutes begin with the first request after the one before. */
export function makeRateLimiter(): RateLimiter {
  let start = Number.NEGATIVE_INFINITY;
  let used = 0;
  return (limit, now) => {
    if (now - start >= MINUTE) {
      start = now;
      used = 0;
    }
    const allowed = used < limit;
    if (allowed) used += 1;
    return {
      allowed,
      headers: {
        'ratelimit-limit': String(limit),
        'ratelimit-remaining': String(limit - used),
        'ratelimit-reset': String(Math.ceil((start + MINUTE - now) / SECOND)),
      },
    };
  };
}
