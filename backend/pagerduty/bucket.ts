import { MINUTE } from '../clock.ts';

const BURST_SHARE = 0.05;

/** Counts what may still go out so that no rolling minute holds more than its allowance. */
export interface Bucket {
  /** Milliseconds until the next may go. */
  wait(): number;
  /** Notes one that goes now. */
  take(): void;
  /** How many went in the last minute. */
  recent(): number;
  /** Changes how many may go in a minute. */
  allow(perMinute: number): void;
}

/** Makes a bucket on a clock that never goes back: a twentieth of the minute's allowance may go at once, the rest comes evenly. */
export function createBucket(now: () => number, allowance: number): Bucket {
  let perMinute = allowance;
  let burst = burstOf(perMinute);
  let tokens = burst;
  let filledAt = now();
  const times: number[] = [];

  const perMs = () => (perMinute - (burst - 1)) / MINUTE;
  const fill = () => {
    const at = now();
    tokens = Math.min(burst, tokens + (at - filledAt) * perMs());
    filledAt = at;
    while (times[0] !== undefined && times[0] <= at - MINUTE) times.shift();
  };

  return {
    wait() {
      fill();
      const oldest = times.length >= perMinute ? times[times.length - perMinute] : undefined;
      const full = oldest === undefined ? 0 : oldest + MINUTE - now();
      return Math.max(full, tokens < 1 ? (1 - tokens) / perMs() : 0);
    },
    take() {
      fill();
      tokens -= 1;
      times.push(now());
    },
    recent() {
      fill();
      return times.length;
    },
    allow(next) {
      fill();
      perMinute = next;
      burst = burstOf(next);
      tokens = Math.min(tokens, burst);
    },
  };
}

function burstOf(perMinute: number): number {
  return Math.max(1, Math.floor(perMinute * BURST_SHARE));
}
