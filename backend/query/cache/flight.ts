/** Work under way for all who wait for it; it is called off once the last of them has gone away. */
export interface Flight<T> {
  /** Waits for it; rejects with the signal's reason when that aborts, while the others go on waiting. */
  join(signal?: AbortSignal): Promise<T>;
  /** True once nobody waits any more and it was called off. */
  readonly calledOff: boolean;
}

/** Begins work that many may wait for. */
export function takeOff<T>(work: (signal: AbortSignal) => Promise<T>): Flight<T> {
  const controller = new AbortController();
  const result = work(controller.signal);
  result.catch(() => undefined);
  let waiting = 0;
  return {
    get calledOff() {
      return controller.signal.aborted;
    },
    async join(signal) {
      signal?.throwIfAborted();
      waiting += 1;
      const { promise, reject } = Promise.withResolvers<never>();
      const leave = () => {
        reject(signal?.reason);
        waiting -= 1;
        if (waiting === 0) controller.abort(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([result, promise]);
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
  };
}
