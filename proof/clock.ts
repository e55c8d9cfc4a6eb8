import type { Clock } from '../backend/clock.ts';

/** A clock on which time goes by faster than on the wall, and can be made to jump ahead. */
export interface SkippingClock extends Clock {
  /** Moves time on at once; who slept until before then wakes. */
  skip(ms: number): void;
  /** Lets no time pass any more. */
  stop(): void;
}

const LOOK_EVERY = 2;

/** Makes a clock that begins at `start` (epoch ms) and runs so many times faster than the wall. */
export function skippingClock(factor: number, start = Date.now()): SkippingClock {
  const begin = performance.now();
  let skipped = 0;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  const now = () => start + (performance.now() - begin) * factor + skipped;
  const timer = setInterval(() => {
    const at = now();
    for (const { until, wake } of sleepers) if (until <= at) wake();
  }, LOOK_EVERY);
  timer.unref();
  return {
    now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const sleeper = { until: now() + ms, wake };
        function wake() {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        }
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake, { once: true });
      }),
    skip(ms) {
      skipped += ms;
    },
    stop() {
      clearInterval(timer);
      for (const { wake } of sleepers) wake();
    },
  };
}
