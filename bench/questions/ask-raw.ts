import { instant } from '../../backend/sql/statement.ts';
import type { Store } from '../../backend/store/store.ts';
import { RAW } from './raw.ts';

const DAY = 86_400_000;

/** Milliseconds that the metric takes of raw rows over the 28 days before each instant (epoch ms), its rows as JSON; null for one that plain SQL does not tell. */
export async function askRaw(
  store: Store,
  metric: string,
  untils: readonly number[],
): Promise<number[] | null> {
  const raw = RAW[metric];
  if (!raw) return null;
  const all: number[] = [];
  for (const until of untils) {
    const began = performance.now();
    JSON.stringify(await store.read(raw({ from: instant(until - 28 * DAY), to: instant(until) })));
    all.push(performance.now() - began);
  }
  return all;
}
