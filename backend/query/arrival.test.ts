import { describe, expect, it } from 'vitest';
import type { Query } from '../contract.ts';
import { arrive, interleaved, randomAccount } from '../harvest/testing/random-account.ts';
import { drawFrom } from '../harvest/testing/random-rows.ts';
import { newStore } from '../store/testing/engine.ts';
import { dimensionsOfMetric } from './allowed.ts';
import { METRICS } from './metrics/index.ts';
import { complete, storeOf, tableOf } from './testing/random.ts';

const QUESTIONS: Partial<Query>[] = [
  ...Object.entries(METRICS).flatMap(([metric, about]) => [
    { metric, bucket: 'day' as const },
    ...dimensionsOfMetric(about).map((dimension) => ({ metric, by: [dimension] })),
  ]),
  ...['incidents', 'pages', 'night', 'people', 'noise', 'episodes', 'log_entries'].map((queryType) => ({
    queryType,
  })),
];

it.each([31, 32])(
  'every answer is the same in whatever order the rows arrived (account %i)',
  async (seed) => {
    const draw = drawFrom(seed);
    const { streams } = randomAccount(draw);
    const steps = interleaved(draw, streams);
    const [grown, atOnce] = [await newStore(), await storeOf(steps)];
    await arrive(grown, steps, draw);
    await complete(grown);
    for (const question of QUESTIONS) {
      const rows = await tableOf(grown, question);
      expect(rows, JSON.stringify(question)).toEqual(await tableOf(atOnce, question));
    }
    await Promise.all([grown.close(), atOnce.close()]);
  },
);

describe.each([41, 42])('incidents that are merged into others (account %i)', (seed) => {
  const { streams, entries } = randomAccount(drawFrom(seed));
  const labelled = new Set(
    entries.flatMap(({ note, incident_id }) => (note?.includes('#') ? [incident_id] : [])),
  );
  const steps = streams.flat();
  const isIncident = (step: (typeof steps)[number]) => step.table === 'incident';
  const isSource = (id: unknown) => Number(String(id).slice(1)) % 3 === 0 && !labelled.has(String(id));
  const as = (merged: boolean) =>
    steps.map((step) =>
      isIncident(step) ? { ...step, row: { ...step.row, merged: merged && isSource(step.row.id) } } : step,
    );
  const without = as(false).filter(({ row }) => !isSource(row.incident_id ?? row.id));

  const figures = async (given: typeof steps, metrics: readonly string[]) => {
    const store = await storeOf(given);
    const told: Record<string, unknown> = {};
    for (const metric of metrics) {
      const stats = metric.startsWith('time_to') ? (['p50', 'mean'] as const) : [undefined];
      for (const stat of stats)
        told[`${metric} ${stat}`] = await tableOf(store, { metric, by: ['urgency'], ...(stat && { stat }) });
    }
    await store.close();
    return told;
  };

  it('count like any other where definitions.md says so', async () => {
    const metrics = [
      'incidents',
      'time_to_acknowledge',
      'unacknowledged_share',
      'episodes',
      'collapse',
      'flapping_incidents',
      'notifications',
      'pages',
      'interruptions',
      'sleep_interruptions',
      'paged_incidents',
      'amplification',
    ];
    expect(await figures(as(true), metrics)).toEqual(await figures(as(false), metrics));
  });

  it('leave resolved incidents, times to resolve, shares of them, compression and verdicts as if they had never been', async () => {
    const metrics = [
      'resolved_incidents',
      'time_to_resolve',
      'auto_resolved_share',
      'transient_share',
      'compression',
      'actionable_ratio',
      'false_positive_share',
    ];
    const merged = await figures(as(true), metrics);

    expect(merged).toEqual(await figures(without, metrics));
    expect(merged).not.toEqual(await figures(as(false), metrics));
  });
});
