import { instant } from '../../backend/sql/statement.ts';
import type { Store } from '../../backend/store/store.ts';
import { RAW } from './raw.ts';

const DAY = 86_400_000;
const TIMES = 3;

/** Milliseconds that the metric takes of raw rows over the last 28 days, the best of a few; null for one that plain SQL does not tell. */
export async function askRaw(store: Store, metric: string, until: number): Promise<number | null> {
  const statement = RAW[metric]?.({ from: instant(until - 28 * DAY), to: instant(until) });
  if (!statement) return null;
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now();
    await store.read(statement);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}
