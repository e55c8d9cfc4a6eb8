import type { Clock } from '../clock.ts';
import { MINUTE } from '../clock.ts';

/** PagerDuty's documented limit of one account's key, requests per minute (developer-docs, rate limits). */
export const ACCOUNT_LIMIT = 960;

const BURST_SHARE = 0.25;

/** Paces requests so that no minute holds more than its share, and halts where PagerDuty says so. */
export interface Limiter {
  readonly perMinute: number;
  /** Waits until `path` may be asked; rejects with the signal's reason when aborted. */
  take(path: string, signal?: AbortSignal): Promise<void>;
  /** Halts requests until an instant: those of one path, or all. */
  halt(until: number, path?: string): void;
  /** Requests let through in the last minute. */
  recent(): number;
}

/** Makes a limiter: a quarter of the minute's share may go at once, the rest comes evenly. */
export function createLimiter(clock: Clock, perMinute: number): Limiter {
  const burst = Math.max(1, perMinute * BURST_SHARE);
  const perMs = Math.max(1, perMinute - burst) / MINUTE;
  const halted = new Map<string, number>();
  let times: number[] = [];
  let tokens = burst;
  let filledAt = clock.now();

  const wait = (path: string) => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) * perMs);
    filledAt = now;
    const halt = Math.max(halted.get('') ?? 0, halted.get(path) ?? 0);
    return Math.max(halt - now, tokens < 1 ? (1 - tokens) / perMs : 0);
  };

  const recent = () => {
    const from = clock.now() - MINUTE;
    times = times.filter((time) => time > from);
    return times.length;
  };

  return {
    perMinute,
    recent,
    async take(path, signal) {
      for (let ms = wait(path); ms > 0; ms = wait(path)) {
        await clock.sleep(Math.ceil(ms), signal);
        signal?.throwIfAborted();
      }
      tokens -= 1;
      recent();
      times.push(clock.now());
    },
    halt(until, path = '') {
      halted.set(path, Math.max(until, halted.get(path) ?? 0));
    },
  };
}
