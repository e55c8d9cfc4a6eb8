import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { dimensionsOfMetric } from './allowed.ts';
import { METRICS } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';
import { accountStore, ask, rowsOf } from './testing/account.ts';

/** Each metric's figure over the account of testing/account.ts, worked out by hand. */
const EXPECTED: Record<string, number | null> = {
  incidents: 6,
  resolved_incidents: 4,
  paged_incidents: 3,
  time_to_acknowledge: 360,
  time_to_resolve: 3600,
  unacknowledged_share: 4 / 6,
  auto_resolved_share: 3 / 4,
  transient_share: 1 / 4,
  flapping_incidents: 0,
  actionable_ratio: 1 / 4,
  false_positive_share: 3 / 4,
  episodes: 5,
  collapse: 1 / 6,
  compression: 1 - 5 / 8,
  amplification: 1,
  escalations: 1,
  reassignments: 1,
  notifications: 6,
  pages: 4,
  interruptions: 3,
  sleep_interruptions: 2,
  on_call_hours: 168 + 14,
  interruptions_per_100_hours: (3 / 182) * 100,
  gini: null,
};

const near = (figure: number | null | undefined) =>
  typeof figure === 'number' ? expect.closeTo(figure, 9) : null;

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

it('has an expected figure for every metric', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(METRICS).sort());
});

describe.each(Object.keys(METRICS))('metric %s', (metric) => {
  it('has the figure worked out by hand', async () => {
    const [row] = rowsOf(await ask(store, { metric, format: 'table' }));
    expect(row).toEqual({ [metric]: near(EXPECTED[metric]) });
  });

  it('is told alike as one number and in one bucket, with its unit', async () => {
    const series = await ask(store, { metric, format: 'time_series', bucket: 'none' });
    expect(series.frames[0]?.data.values).toEqual([
      [rowsOf(await ask(store, { metric, format: 'table' }))[0]?.[metric]],
    ]);
    expect(series.frames[0]?.schema.fields[0]?.config?.unit).toBe(METRICS[metric]?.unit);
  });

  const counts = METRICS[metric]?.empty === 0;
  if (counts)
    it('sums over days to the whole', async () => {
      const days = rowsOf(
        await ask(store, { metric, format: 'table', bucket: 'day', timeZone: 'Europe/Berlin' }),
      );
      expect(days.length).toBeGreaterThan(27);
      expect(days.reduce((sum, day) => sum + Number(day[metric] ?? 0), 0)).toBeCloseTo(
        EXPECTED[metric] ?? Number.NaN,
        9,
      );
    });

  const hasClock = dimensionsOfMetric(METRICS[metric] as Metric).includes('hour_class');
  it.runIf(hasClock)('is partitioned by hour class', async () => {
    const classes = rowsOf(await ask(store, { metric, format: 'table', by: ['hour_class'] }));
    expect(classes.every((row) => ['business', 'off', 'sleep'].includes(String(row.hour_class)))).toBe(true);
    if (METRICS[metric]?.empty !== 0) return;
    expect(classes.reduce((sum, row) => sum + Number(row[metric]), 0)).toBeCloseTo(
      EXPECTED[metric] ?? Number.NaN,
      9,
    );
  });
});
