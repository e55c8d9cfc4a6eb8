/** Time as a dependency: the instant now and a wait that a signal can end. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms` milliseconds, at once when `signal` is or becomes aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
    }),
};

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The full hour (UTC) in which an instant lies, both epoch milliseconds. */
export function hourAt(time: number): number {
  return Math.floor(time / HOUR) * HOUR;
}

/** The first full hour after an instant. */
export function hourAfter(time: number): number {
  return hourAt(time) + HOUR;
}

/** A clock's time that never goes back: where the clock is set back, it goes on from there. Epoch milliseconds. */
export function steady(clock: Clock): () => number {
  let ahead = 0;
  let last = clock.now();
  return () => {
    const at = clock.now();
    if (at < last) ahead += last - at;
    last = at;
    return at + ahead;
  };
}
