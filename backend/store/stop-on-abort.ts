const EVERY = 50;

/** What stops when a signal aborts, until its end. */
export interface Stopping {
  /** Whether it was told to stop. */
  stopped(): boolean;
  /** It has ended, and is told no more. */
  end(): void;
}

/** Tells something to stop once a signal aborts, again and again until it has ended: an engine forgets what it is told before its statement has begun. */
export function stopOnAbort(signal: AbortSignal | undefined, stop: () => void): Stopping {
  let again: NodeJS.Timeout | undefined;
  const begin = () => {
    stop();
    again = setInterval(stop, EVERY);
  };
  signal?.addEventListener('abort', begin, { once: true });
  return {
    stopped: () => again !== undefined,
    end() {
      signal?.removeEventListener('abort', begin);
      clearInterval(again);
    },
  };
}
