import type { Clock } from '../clock.ts';

/** A clock whose time stands still while work is under way, and else jumps to the next instant that somebody waits for. */
export interface EventClock extends Clock {
  /** Holds the time until the work is done. */
  during<T>(work: Promise<T>): Promise<T>;
}

interface Timer {
  at: number;
  wake: () => void;
}

/** Makes such a clock; waits that end at the same instant end in the order in which they began. */
export function eventClock(start: number): EventClock {
  const timers = new Set<Timer>();
  let now = start;
  let busy = 0;
  let looking = false;

  const next = () => {
    looking = false;
    if (busy > 0) return;
    const [first] = [...timers].sort((a, b) => a.at - b.at);
    if (!first) return;
    now = Math.max(now, first.at);
    first.wake();
    look();
  };

  /** Lets everything that can go on do so before time does. */
  const look = () => {
    if (looking) return;
    looking = true;
    setImmediate(() => setImmediate(next));
  };

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          timers.delete(timer);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = { at: now + ms, wake };
        timers.add(timer);
        signal?.addEventListener('abort', wake, { once: true });
        look();
      }),
    async during(work) {
      busy += 1;
      try {
        return await work;
      } finally {
        busy -= 1;
        look();
      }
    },
  };
}

/** A `fetch` whose answers come after a time on the clock; the real one behind it takes none. */
export function slowly(
  clock: EventClock,
  ms: number,
  fetch: typeof globalThis.fetch,
): typeof globalThis.fetch {
  return async (input, init) => {
    const { response, text } = await clock.during(
      (async () => {
        const response = await fetch(input, init);
        return { response, text: await response.text() };
      })(),
    );
    await clock.sleep(ms, init?.signal ?? undefined);
    init?.signal?.throwIfAborted();
    return new Response(text, { status: response.status, headers: response.headers });
  };
}

/** The most instants in any minute, [t, t + 60 s). */
export function busiestMinute(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  for (let first = 0, i = 0; i < sorted.length; i += 1) {
    while ((sorted[i] ?? 0) - (sorted[first] ?? 0) >= 60_000) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
}
