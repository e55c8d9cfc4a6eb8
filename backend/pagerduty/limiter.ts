import { type Clock, steady } from '../clock.ts';
import { createBucket } from './bucket.ts';

/** PagerDuty's documented limit of one account's key, requests per minute (developer-docs, rate limits). */
export const ACCOUNT_LIMIT = 960;

/** Paces requests so that no minute holds more than its share, and halts where PagerDuty says so. */
export interface Limiter {
  /** Waits until `path` may be asked, lower ranks first, then first come; rejects with the signal's reason when aborted. */
  take(path: string, rank: number, signal?: AbortSignal): Promise<void>;
  /** Halts requests for some milliseconds: those of one path, or all. */
  halt(ms: number, path?: string): void;
  /** Changes how many requests a minute may hold. */
  allow(perMinute: number): void;
  perMinute(): number;
  /** Requests let through in the last minute. */
  recent(): number;
}

interface Ticket {
  path: string;
  rank: number;
  go(): void;
}

/** Makes a limiter of so many requests a minute. */
export function createLimiter(clock: Clock, perMinute: number): Limiter {
  const now = steady(clock);
  const bucket = createBucket(now, perMinute);
  const halted = new Map<string, number>();
  const queue: Ticket[] = [];
  let sleeping: AbortController | null = null;
  let busy = false;
  let allowed = perMinute;

  const haltOf = ({ path }: Ticket) => Math.max(halted.get('') ?? 0, halted.get(path) ?? 0);

  /** Lets the first that may go, or gives back the milliseconds until one may. */
  const step = () => {
    const open = queue.filter((ticket) => haltOf(ticket) <= now());
    const [first] = open.sort((a, b) => a.rank - b.rank);
    if (!first) return Math.min(...queue.map(haltOf)) - now();
    const ms = bucket.wait();
    if (ms > 0) return ms;
    queue.splice(queue.indexOf(first), 1);
    bucket.take();
    first.go();
    return 0;
  };

  const serve = async () => {
    if (busy) return sleeping?.abort();
    busy = true;
    while (queue.length > 0) {
      const ms = step();
      if (ms <= 0) continue;
      sleeping = new AbortController();
      await clock.sleep(Math.ceil(ms), sleeping.signal);
    }
    busy = false;
  };

  return {
    perMinute: () => allowed,
    recent: bucket.recent,
    take: (path, rank, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const leave = () => {
          queue.splice(queue.indexOf(ticket), 1);
          reject(signal?.reason);
          sleeping?.abort();
        };
        const go = () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const ticket: Ticket = { path, rank, go };
        queue.push(ticket);
        signal?.addEventListener('abort', leave, { once: true });
        void serve();
      }),
    halt(ms, path = '') {
      halted.set(path, Math.max(now() + ms, halted.get(path) ?? 0));
    },
    allow(next) {
      allowed = next;
      bucket.allow(next);
    },
  };
}
