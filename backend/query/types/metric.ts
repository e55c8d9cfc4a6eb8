import type { Notice } from '../../contract.ts';
import type { Value } from '../../sql/statement.ts';
import { type Buckets, bucketsFor } from '../buckets.ts';
import { type Column, number, text, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { isCovered, onCallNotices } from '../coverage.ts';
import { type Dimension, dimensions } from '../dimensions.ts';
import { namesOf } from '../filter.ts';
import type { Answer, TableAnswer } from '../frame.ts';
import { type Group, groupsOf } from '../groups.ts';
import { METRICS } from '../metrics/index.ts';
import type { Metric } from '../metrics/metric.ts';
import { statOf } from '../metrics/stat.ts';
import { choose, lookUp, type Question } from '../question.ts';
import { cut } from '../rows.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

/** A figure by dimensions over time: the commonest question. */
export const metric: QueryType = {
  title: 'Metric',
  description: 'A figure, by any dimension, over time or in one number.',
  fields: [FIELDS.metric, FIELDS.stat, FIELDS.by, FIELDS.filters, FIELDS.bucket, FIELDS.format],
  example: { metric: 'interruptions', by: ['team'], bucket: 'day', format: 'time_series' },
  async answer(question, context) {
    const asked = lookUp('metric', question.metric, METRICS);
    const format = choose('format', question.format, ['time_series', 'table', 'heatmap']);
    const buckets = bucketsFor(question);
    const value = statOf(question.metric ?? '', asked, question.stat);
    const groups = await groupsOf(asked, value, question, buckets, context);
    const filled = fill(groups, asked, question, buckets, context);
    const labelled = await withNames(filled, question.by, context);
    const answer = FORMATS[format](labelled, { asked, question, buckets });
    return {
      ...answer,
      notices: [...(answer.notices ?? []), ...nullNotices(asked, question, filled, context)],
    };
  },
};

interface Labelled extends Group {
  names: Value[];
}

interface Asked {
  asked: Metric;
  question: Question;
  buckets: Buckets;
}

/** Empty covered buckets get the metric's figure for nothing; uncovered ones stay null. */
function fill(
  groups: Group[],
  metric: Metric,
  question: Question,
  buckets: Buckets,
  context: QueryContext,
): Group[] {
  const covered = buckets.list.map((bucket) => isCovered(context.coverage, metric.family, bucket, question));
  const whole =
    question.by.length === 0 && groups.length === 0
      ? [{ ids: [], figures: buckets.list.map(() => undefined) }]
      : groups;
  return whole.map((group) => ({
    ids: group.ids,
    figures: group.figures.map((figure, index) => (covered[index] ? (figure ?? metric.empty) : null)),
  }));
}

async function withNames(groups: Group[], by: readonly string[], context: QueryContext): Promise<Labelled[]> {
  const named = await Promise.all(
    by.map((name, index) =>
      namesOf(
        context.reader,
        dimensionOf(name),
        groups.map((group) => group.ids[index] ?? null),
        context.signal,
      ),
    ),
  );
  return groups.map((group) => ({
    ...group,
    names: group.ids.map((id, index) => (id === null ? null : (named[index]?.get(String(id)) ?? String(id)))),
  }));
}

/** Why figures are null: on-call time that is not harvested, or nothing to compute a share or percentile over. */
function nullNotices(
  asked: Metric,
  question: Question,
  groups: readonly Group[],
  context: QueryContext,
): Notice[] {
  const name = question.metric ?? '';
  if (asked.family === 'on_call') return onCallNotices(name, context.coverage, question.from);
  const hasNull = groups.some((group) => group.figures.some((figure) => figure === null));
  if (asked.empty === 0 || !hasNull) return [];
  return [{ severity: 'info', text: `${name} is empty where there was nothing to compute it over.` }];
}

const FORMATS = {
  time_series: asSeries,
  table: asTable,
  heatmap: asHeatmap,
} as const satisfies Record<string, (groups: Labelled[], about: Asked) => Answer>;

function asSeries(groups: Labelled[], { asked, question, buckets }: Asked): Answer {
  const { kept, notices } = cut(ordered(groups), question.limit, 'series');
  return {
    kind: 'series',
    column: valueColumn(question, asked),
    times: buckets.unit ? buckets.list.map((bucket) => bucket.start) : null,
    series: kept.map((group) => ({
      title: group.names.map((name) => name ?? 'none').join(', ') || asked.title,
      labels: labelsOf(group, question.by),
      values: group.figures.map((figure) => figure ?? null),
    })),
    notices,
  };
}

function asTable(groups: Labelled[], { asked, question, buckets }: Asked): TableAnswer {
  const value = valueColumn(question, asked);
  const rows = ordered(groups).flatMap((group) =>
    group.figures.map((figure, index) => ({
      ...cellsOf(group, question.by),
      time: buckets.list[index]?.start ?? null,
      [value.name]: figure ?? null,
    })),
  );
  if (buckets.unit) rows.sort((a, b) => Number(a.time) - Number(b.time));
  const { kept, notices } = cut(rows, question.limit, 'rows');
  const columns = [...question.by.flatMap(columnsOf), ...(buckets.unit ? [time('time', 'Time')] : []), value];
  return { kind: 'table', columns, rows: kept, notices };
}

/** One column for each combination of values, as Grafana's heat map takes rows of buckets. */
function asHeatmap(groups: Labelled[], about: Asked): TableAnswer {
  const { buckets, asked, question } = about;
  const { kept, notices } = cut(ordered(groups), question.limit, 'series');
  const named = kept.map((group, index) => ({
    group,
    column: {
      ...valueColumn(question, asked),
      name: `value_${index}`,
      title: group.names.map((name) => name ?? 'none').join(', ') || asked.title,
    },
  }));
  const rows = buckets.list.map((bucket, at) => ({
    time: bucket.start,
    ...Object.fromEntries(named.map(({ group, column }) => [column.name, group.figures[at] ?? null])),
  }));
  return {
    kind: 'table',
    columns: [time('time', 'Time'), ...named.map(({ column }) => column)],
    rows,
    notices,
  };
}

function valueColumn(question: Question, asked: Metric): Column {
  return number(question.metric ?? '', asked.title, { unit: asked.unit, description: asked.description });
}

function dimensionOf(name: string): Dimension {
  return lookUp('dimension', name, dimensions);
}

function columnsOf(name: string): Column[] {
  const { title, thing, type } = dimensionOf(name);
  const main = type === 'number' ? number(name, title) : text(name, title);
  return thing ? [main, text(`${name}_id`, `${title} id`)] : [main];
}

function cellsOf(group: Labelled, by: readonly string[]): Record<string, Value> {
  const cells = by.map((name, index): Record<string, Value> => {
    const id = group.ids[index] ?? null;
    return dimensionOf(name).thing
      ? { [name]: group.names[index] ?? null, [`${name}_id`]: id }
      : { [name]: id };
  });
  return Object.assign({}, ...cells);
}

function labelsOf(group: Labelled, by: readonly string[]): Record<string, string> {
  const cells = Object.entries(cellsOf(group, by));
  return Object.fromEntries(
    cells.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}

/** Greatest total first, then by name, so that an answer is the same each time. */
function ordered(groups: readonly Labelled[]): Labelled[] {
  const total = (group: Labelled) => group.figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0);
  return [...groups].sort(
    (a, b) =>
      total(b) - total(a) ||
      (JSON.stringify(a.names) + JSON.stringify(a.ids) < JSON.stringify(b.names) + JSON.stringify(b.ids)
        ? -1
        : 1),
  );
}
