import { aggregated } from './aggregate.ts';
import type { Answer, Cell } from './answer.ts';
import { bucketStart, bucketsOf, type Unit } from './buckets.ts';
import { DAY, HOUR } from './calendar.ts';
import { identified } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { groupsOf, passes } from './filters.ts';
import { loadLines, loads } from './load.ts';
import { type Metric, type MetricRow, metrics } from './metrics.ts';
import { onCallRows } from './on-call-hours.ts';
import type { Named } from './people.ts';
import { type MetricQuery, rangeOf } from './query.ts';

/** The names of every metric that the oracle recomputes. */
export const metricNames = [...Object.keys(metrics), 'on_call_hours', ...Object.keys(loads)];

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

const knownRows = new WeakMap<Facts, Map<string, MetricRow[]>>();

/** Rows of so many metrics and zones are remembered; more would not fit into memory for a large account. */
const MOST_KNOWN = 40;

/** Every row that a metric has in a zone, those asked for last remembered. */
function allRows(facts: Facts, { metric, timeZone }: MetricQuery, of: Metric): MetricRow[] {
  const known = knownRows.get(facts) ?? new Map<string, MetricRow[]>();
  knownRows.set(facts, known);
  const key = `${metric} ${of.family === 'people' ? '' : timeZone}`;
  const rows = known.get(key) ?? of.rows(facts, timeZone);
  known.delete(key);
  known.set(key, rows);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return rows;
}

function rowsInRange(facts: Facts, query: MetricQuery, metric: Metric | undefined): MetricRow[] {
  const { from, to } = rangeOf(query);
  if (!metric) return onCallRows(facts, query);
  return allRows(facts, query, metric).filter(
    (row) => row.time >= from && row.time < to && passes(query.filters, row.valuesOf),
  );
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

/** A group's figure in each bucket of a range, and whether it must be told of. */
export interface Line {
  values: (Named | null)[];
  figures: Map<number | null, number | null>;
  says: boolean;
}

type LabelOf = (time: number) => number | null;

function linesOfRows(facts: Facts, query: MetricQuery, labelOf: LabelOf): Line[] {
  const aggregate = metrics[query.metric]?.aggregate ?? 'count';
  return gather(query, rowsInRange(facts, query, metrics[query.metric]), labelOf).map(
    ({ values, buckets, says }) => {
      const amounts = [...buckets.values()].flat();
      return {
        values,
        figures: new Map([...buckets].map(([label, own]) => [label, aggregated(aggregate, own, query.stat)])),
        says: says || amounts.some((amount) => aggregate !== 'count' || amount > 0),
      };
    },
  );
}

function linesOf(facts: Facts, query: MetricQuery, labelOf: LabelOf): Line[] {
  const load = loads[query.metric];
  if (!load) return linesOfRows(facts, query, labelOf);
  const of = (metric: string) => linesOfRows(facts, { ...query, metric, by: load.by(query.by) }, labelOf);
  return loadLines(load, query.by.length, of('interruptions'), of('on_call_hours'));
}

/** The figure of a group over nothing: 0 of what is counted, null of everything else. */
export function emptyFigure({ metric }: MetricQuery): number | null {
  return metric === 'on_call_hours' || metrics[metric]?.aggregate === 'count' ? 0 : null;
}

/** True where some of a range is harvested. */
export function isKnownFrom(facts: Facts, { from, to }: { from: number; to: number }): boolean {
  return from < facts.harvestedUntil && to > facts.since;
}

const idOf = (values: (Named | null)[]) => JSON.stringify(values.map((value) => value?.id ?? null));

/** What a metric query must be answered with: a row per group that occurs and per bucket of the range, beside it the period before where that is asked for. */
export function metricAnswer(facts: Facts, query: MetricQuery): Answer {
  if (!metricNames.includes(query.metric)) throw new Error(`The oracle knows no metric ${query.metric}.`);
  const { from, to } = rangeOf(query);
  const unit = bucketOf(query);
  const labelOf = (time: number) => (unit === 'none' ? null : bucketStart(time, unit, query.timeZone));
  const labels = unit === 'none' ? [null] : bucketsOf(from, to, unit, query.timeZone);
  const spanOf = (index: number) => ({
    start: Math.max(labels[index] ?? from, from),
    end: Math.min(labels[index + 1] ?? to, to),
  });
  const lines = new Map(linesOf(facts, query, labelOf).map((line) => [idOf(line.values), line]));
  const back = to - from;
  const earlier =
    query.compare === 'previous' ? earlierLines(facts, query, (time) => labelOf(time + back)) : null;
  const empty = emptyFigure(query);
  const groups = new Map([...(earlier ?? []), ...lines].map(([id, { values }]) => [id, values]));
  const rows = [...groups].flatMap(([id, values]) => {
    const [line, before] = [lines.get(id), earlier?.get(id)];
    const says = Boolean(line?.says || before?.says);
    return labels.map((label, index) => {
      const { start, end } = spanOf(index);
      const isKnown = isKnownFrom(facts, { from: start, to: end });
      const wasKnown = start - back >= facts.since && end - back <= facts.harvestedUntil;
      const figureIn = (lines: Line | undefined, known: boolean) =>
        known ? (lines?.figures.get(label) ?? empty) : null;
      const value = figureIn(line, isKnown);
      const cells = {
        ...groupCells(query.by, values),
        ...(label === null ? {} : { time: label }),
        [query.metric]: value,
        ...(earlier && comparison(value, figureIn(before, wasKnown))),
      };
      return { cells, required: says && (isKnown || unit === 'none') };
    });
  });
  return { key: metricKey(query), rows };
}

const comparison = (value: number | null, previous: number | null) => ({
  previous,
  change: value === null || previous === null ? null : value - previous,
});

function earlierLines(facts: Facts, query: MetricQuery, labelOf: LabelOf): Map<string, Line> {
  const { from, to } = rangeOf(query);
  const range = { from: new Date(from - (to - from)).toISOString(), to: query.range.from };
  const lines = linesOf(facts, { ...query, range }, labelOf);
  return new Map(lines.map((line) => [idOf(line.values), line]));
}
