import { aggregated } from './aggregate.ts';
import type { Answer, Cell } from './answer.ts';
import { bucketStart, bucketsOf, type Unit } from './buckets.ts';
import { DAY, HOUR } from './calendar.ts';
import { identified } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { groupsOf, passes } from './filters.ts';
import { type Metric, type MetricRow, metrics } from './metrics.ts';
import { onCallRows } from './on-call-hours.ts';
import type { Named } from './people.ts';
import { type MetricQuery, rangeOf } from './query.ts';

const lengths = { hour: HOUR, day: DAY, week: 7 * DAY, month: 28 * DAY };

/** The bucket that a query gets: its own, or for auto the smallest that is long and few enough. */
export function bucketOf(query: MetricQuery): Unit | 'none' {
  if (query.bucket !== 'auto') return query.bucket;
  const { from, to } = rangeOf(query);
  const fits = (unit: keyof typeof lengths) =>
    lengths[unit] >= query.intervalMs &&
    bucketsOf(from, to, unit, query.timeZone).length <= query.maxDataPoints;
  return (['hour', 'day', 'week'] as const).find(fits) ?? 'month';
}

interface Group {
  values: (Named | null)[];
  buckets: Map<number | null, number[]>;
  says: boolean;
}

function gather(query: MetricQuery, rows: MetricRow[], labelOf: (time: number) => number | null): Group[] {
  const groups = new Map<string, Group>();
  if (query.by.length === 0) groups.set('', { values: [], buckets: new Map(), says: true });
  for (const row of rows) {
    for (const values of groupsOf(query.filters, query.by, row.valuesOf)) {
      const id = values.map((value) => JSON.stringify(value?.id ?? null)).join(' ');
      const group = groups.get(id) ?? { values, buckets: new Map(), says: false };
      groups.set(id, group);
      if (row.value === null) continue;
      const label = labelOf(row.time);
      const amounts = group.buckets.get(label) ?? [];
      amounts.push(row.value);
      group.buckets.set(label, amounts);
    }
  }
  return [...groups.values()];
}

function rowsInRange(facts: Facts, query: MetricQuery, metric: Metric | undefined): MetricRow[] {
  const { from, to } = rangeOf(query);
  if (!metric) return onCallRows(facts, query);
  return metric
    .rows(facts, query.timeZone)
    .filter((row) => row.time >= from && row.time < to && passes(query.filters, row.valuesOf));
}

function groupCells(by: string[], values: (Named | null)[]): Record<string, Cell> {
  return Object.fromEntries(
    by.flatMap((dimension, index): [string, Cell][] => {
      const value = values[index] ?? null;
      const name: [string, Cell] = [dimension, value?.name ?? null];
      return identified.includes(dimension) ? [name, [`${dimension}_id`, value?.id ?? null]] : [name];
    }),
  );
}

/** The columns that tell the rows of a metric apart: ids where there are any, and the time of a bucket. */
export function metricKey(query: MetricQuery): string[] {
  const ids = query.by.map((dimension) => (identified.includes(dimension) ? `${dimension}_id` : dimension));
  return bucketOf(query) === 'none' ? ids : [...ids, 'time'];
}

/** What a metric query must be answered with: a row per group that occurs and per bucket of the range. */
export function metricAnswer(facts: Facts, query: MetricQuery): Answer {
  const metric = metrics[query.metric];
  if (!metric && query.metric !== 'on_call_hours')
    throw new Error(`The oracle knows no metric ${query.metric}.`);
  const { from, to } = rangeOf(query);
  const unit = bucketOf(query);
  const labelOf = (time: number) => (unit === 'none' ? null : bucketStart(time, unit, query.timeZone));
  const labels = unit === 'none' ? [null] : bucketsOf(from, to, unit, query.timeZone);
  const isCovered = (index: number) => {
    const starts = Math.max(labels[index] ?? from, from);
    const ends = Math.min(labels[index + 1] ?? to, to);
    return starts < facts.harvestedUntil && ends > facts.since;
  };
  const aggregate = metric?.aggregate ?? 'count';
  const rows = gather(query, rowsInRange(facts, query, metric), labelOf).flatMap((group) => {
    const amounts = [...group.buckets.values()].flat();
    const says = group.says || amounts.some((amount) => aggregate !== 'count' || amount > 0);
    return labels.map((label, index) => {
      const amount = aggregated(aggregate, group.buckets.get(label) ?? [], query.stat);
      const value = isCovered(index) ? amount : null;
      const time = label === null ? {} : { time: label };
      const cells = { ...groupCells(query.by, group.values), ...time, [query.metric]: value };
      return { cells, required: says && (isCovered(index) || unit === 'none') };
    });
  });
  return { key: metricKey(query), rows };
}
