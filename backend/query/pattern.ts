import { createContext, Script } from 'node:vm';
import { AppError } from '../errors.ts';

/** How much of its thread's time the patterns of a filter may take to be tried, milliseconds. */
const LONGEST = 1000;

/** The share of that time from which on it counts as taken: a timer is not exact. */
const NEARLY = 0.9;

/** Node's code for a script that took too long. */
const STOPPED = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Where a script runs that can be stopped; what it works on is put there each time. */
const PLACE = createContext({ patterns: [], things: [] });
const TRY = new Script(
  'things.filter(({ id, name }) => patterns.some((one) => one.test(id) || one.test(name)))',
);

/** The things of which id or name matches one of the regular expressions whole. Throws AppError `invalid_query`, also for one that takes too long. */
export function matching<T extends { id: string; name: string }>(
  dimension: string,
  sources: readonly string[],
  things: readonly T[],
): T[] {
  const patterns = sources.map((source) => anchored(dimension, source));
  try {
    Object.assign(PLACE, { patterns, things });
    return [...tried<T>()];
  } catch {
    throw new AppError(
      'invalid_query',
      `filter on ${dimension}: ${sources.map((source) => `"${source}"`).join(', ')} takes too long to try: write a simpler regular expression`,
    );
  }
}

/** What the script gives back: tried again where it was stopped before it had its time, as on a busy machine the wall's goes by without it. */
function tried<T>(): T[] {
  const began = process.threadCpuUsage();
  for (;;) {
    try {
      return TRY.runInContext(PLACE, { timeout: LONGEST });
    } catch (error) {
      const { user, system } = process.threadCpuUsage(began);
      const isStopped = error instanceof Error && 'code' in error && error.code === STOPPED;
      if (!isStopped || (user + system) / 1000 >= LONGEST * NEARLY) throw error;
    }
  }
}

function anchored(dimension: string, source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch {
    throw new AppError(
      'invalid_query',
      `filter on ${dimension}: "${source}" is not a regular expression such as "Pay.*"`,
    );
  }
}
