import { createTurns } from './turns.ts';

/** So many may go on at a time; the others wait, however long, in the order in which they came. */
export interface Seats {
  /** Resolves once there is room; a signal that aborts meanwhile leaves the queue and rejects with its reason. */
  take(signal?: AbortSignal): Promise<void>;
  give(): void;
  /** Works on one seat. */
  one<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Works alone: begins once everybody has left, and whoever comes meanwhile waits. */
  alone<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Makes that many seats, all free. */
export function createSeats(count: number): Seats {
  const waiting = new Set<() => void>();
  const inTurn = createTurns();
  let free = count;
  const seats: Seats = {
    async take(signal) {
      signal?.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return;
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = () => {
        waiting.delete(resolve);
        reject(signal?.reason);
      };
      waiting.add(resolve);
      signal?.addEventListener('abort', leave, { once: true });
      await promise.finally(() => signal?.removeEventListener('abort', leave));
    },
    give() {
      const [next] = waiting;
      if (next) {
        waiting.delete(next);
        next();
      } else free += 1;
    },
    async one(work, signal) {
      await seats.take(signal);
      return work().finally(seats.give);
    },
    alone: (work, signal) =>
      inTurn(async () => {
        let taken = 0;
        try {
          for (; taken < count; taken += 1) await seats.take(signal);
          return await work();
        } finally {
          for (; taken > 0; taken -= 1) seats.give();
        }
      }),
  };
  return seats;
}
