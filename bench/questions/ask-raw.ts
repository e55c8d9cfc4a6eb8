import express, { type Express } from 'express';
import { instant } from '../../backend/sql/statement.ts';
import type { Store } from '../../backend/store/store.ts';
import { RAW } from './raw.ts';

const DAY = 86_400_000;

/** Serves metrics of raw rows over the 28 days before an instant: `GET /METRIC?until=` (epoch ms) answers with rows as JSON. */
export function serveRaw(store: Store): Express {
  const app = express();
  app.get('/:metric', async ({ params, query }, response) => {
    const until = Number(query.until);
    const span = { from: instant(until - 28 * DAY), to: instant(until) };
    const raw = RAW[params.metric];
    response.json(raw ? await store.read(raw(span)) : null);
  });
  return app;
}

/** Once a metric has taken so many milliseconds of raw rows, it is asked no more. */
const LONG_ENOUGH = 10_000;

/** Milliseconds that a metric of raw rows takes up to each of some instants (epoch ms), or the first of them where it takes long; null for one that plain SQL does not tell. */
export async function askRaw(
  url: string,
  metric: string,
  untils: readonly number[],
): Promise<number[] | null> {
  if (!(metric in RAW)) return null;
  const all: number[] = [];
  for (const until of untils) {
    const began = performance.now();
    const response = await fetch(`${url}/${metric}?until=${until}`);
    await response.json();
    all.push(performance.now() - began);
    if (all.reduce((sum, took) => sum + took, 0) > LONG_ENOUGH) break;
  }
  return all;
}
