/** Bytes that a process has, by kind. */
export interface Memory {
  /** All that is in memory. */
  resident: number;
  /** What JavaScript has allocated, used or not. */
  heap: number;
  /** Bodies of answers and other bytes outside of that. */
  external: number;
}

const EVERY = 100;

/** Watches how much memory this process has. */
export function watchMemory() {
  const most: Memory = { resident: 0, heap: 0, external: 0 };
  const look = () => {
    const { rss, heapTotal, external } = process.memoryUsage();
    most.resident = Math.max(most.resident, rss);
    most.heap = Math.max(most.heap, heapTotal);
    most.external = Math.max(most.external, external);
  };
  const timer = setInterval(look, EVERY);
  timer.unref();
  return {
    /** The most of each kind that was seen so far. */
    most: () => most,
    stop: () => clearInterval(timer),
  };
}
