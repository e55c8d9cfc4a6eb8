/** So many may go on at a time; the others wait, however long, in the order in which they came. */
export interface Seats {
  /** Resolves once there is room; a signal that aborts meanwhile leaves the queue and rejects with its reason. */
  take(signal?: AbortSignal): Promise<void>;
  give(): void;
}

/** Makes that many seats, all free. */
export function createSeats(count: number): Seats {
  const waiting = new Set<() => void>();
  let free = count;
  return {
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
  };
}
