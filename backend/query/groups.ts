import { HOUR } from '../clock.ts';
import { instant, join, type Statement, sql, whole } from '../sql/statement.ts';
import type { Buckets } from './buckets.ts';
import { collect, type Group, MOST_POINTS } from './collect.ts';
import type { QueryContext } from './context.ts';
import type { Matcher } from './filter.ts';
import { localTime, milliseconds } from './local-time.ts';
import { belongs, type RowMetric } from './metrics/metric.ts';
import { figureOf } from './metrics/stat.ts';
import { inARow, type Part, partsOf } from './parts.ts';
import type { Question } from './question.ts';
import { bucketKey, type Selection, select } from './select.ts';

/** What is asked of a metric: the question, its buckets, and the period before it where rows are compared. */
export interface Asked {
  question: Question;
  buckets: Buckets;
  matchers: readonly Matcher[];
  /** How long before the range the rows lie (ms); each counts in the bucket of the instant that much later. */
  back: number;
}

/** A row metric's figures by the values of `by` and bucket; what lies in whole buckets long past is asked apart, in words that a range moved on a little has too. */
export async function rowGroups(
  metric: RowMetric,
  by: readonly string[],
  asked: Asked,
  context: QueryContext,
): Promise<Group[]> {
  const parts = metric.family === 'on_call' ? [asked] : partsOf(asked, context.coverage.until);
  const groups = await Promise.all(parts.map((part) => partGroups(metric, by, part, context)));
  return parts.length === 1 ? (groups[0] ?? []) : inARow(parts, groups);
}

async function partGroups(
  metric: RowMetric,
  by: readonly string[],
  asked: Part,
  context: QueryContext,
): Promise<Group[]> {
  const { question, buckets, matchers, back, end } = asked;
  const [from, to] = [question.from - back, question.to - back];
  const selection: Selection = {
    family: metric.family,
    instant: metric.instant,
    from,
    to,
    ...(metric.family === 'on_call' ? {} : { bounds: context.bounds }),
    zone: question.zone,
    hours: context.hours,
    matchers,
    where: belongs(metric, from),
    ...(metric.joins ? { joins: metric.joins(from, to) } : {}),
  };
  const value = figureOf(metric, question.stat);
  const statement =
    metric.family === 'on_call'
      ? onCallStatement(value, selection, by, asked, context)
      : rowStatement(value, selection, by, asked);
  const limited = sql`${statement} LIMIT ${whole(MOST_POINTS + 1)}`;
  const rows = await context.reader.read(limited, context.signal, end);
  return collect(rows, by.length, buckets);
}

function rowStatement(
  value: Statement,
  selection: Selection,
  by: readonly string[],
  { question, buckets, back }: Asked,
): Statement {
  const selected = select(selection, by, value);
  const time =
    back === 0
      ? selected.time
      : localTime(
          sql`(${selection.instant} + ${milliseconds(back)})`,
          question.zone,
          question.from,
          question.to,
        );
  const key = buckets.unit ? bucketKey(time, buckets.unit) : { key: sql`NULL`, span: whole(0) };
  const columns = [
    sql`${key.key} AS "key"`,
    sql`${key.span} AS "span"`,
    ...named(selected.values),
    sql`${value} AS "figure"`,
  ];
  const ofBucket = [...(buckets.unit ? [whole(1)] : []), ...(buckets.unit === 'hour' ? [whole(2)] : [])];
  const groups = [...ofBucket, ...ordinals(by, 3)];
  return sql`SELECT ${join(columns, ', ')} FROM ${selected.from} WHERE ${selected.where}${grouping(groups)}`;
}

/** Pieces of a person's on-call time that are the same span count once in a group; each is clipped to the buckets that it meets. */
function onCallStatement(
  value: Statement,
  selection: Selection,
  by: readonly string[],
  { buckets, back }: Asked,
  context: QueryContext,
): Statement {
  const until = Math.min(selection.to, context.coverage.until ?? selection.from);
  const reach = { ...selection, from: selection.from - LONGEST_PIECE, to: Math.max(until, selection.from) };
  const selected = select(reach, by, sql``);
  const edges = buckets.list.map((bucket, index) => {
    const start = Math.max(bucket.start - back, selection.from);
    const end = Math.max(start, Math.min(bucket.end - back, until));
    return sql`(${whole(index)}, ${instant(start)}, ${instant(end)})`;
  });
  const pieces = sql`SELECT DISTINCT "s"."user_id" AS "person", "s"."start" AS "start", "s"."end" AS "end"${also(named(selected.values))} FROM ${selected.from} WHERE ${selected.where}`;
  const clipped = sql`SELECT "b"."index" AS "key"${also(by.map((_, index) => sql`"d"."value_${whole(index)}"`))}, EXTRACT(epoch FROM (LEAST("d"."end", "b"."end") - GREATEST("d"."start", "b"."start"))) AS "seconds" FROM (${pieces}) AS "d" JOIN (VALUES ${join(edges, ', ')}) AS "b"("index", "start", "end") ON "d"."start" < "b"."end" AND "d"."end" > "b"."start"`;
  const columns = [
    sql`"key"`,
    ...by.map((_, index) => sql`"value_${whole(index)}"`),
    sql`${value} AS "figure"`,
  ];
  return sql`SELECT ${join(columns, ', ')} FROM (${clipped}) AS "c"${grouping([whole(1), ...ordinals(by, 2)])}`;
}

/** Pieces of on-call time are cut at local hours, so none is longer than this. */
const LONGEST_PIECE = 2 * HOUR;

const named = (values: readonly Statement[]) =>
  values.map((value, index) => sql`${value} AS "value_${whole(index)}"`);

const also = (columns: readonly Statement[]) =>
  join(
    columns.flatMap((column) => [sql`, `, column]),
    ' ',
  );

const ordinals = (by: readonly string[], first: number) => by.map((_, index) => whole(first + index));

const grouping = (ordinal: readonly Statement[]) =>
  ordinal.length === 0 ? sql`` : sql` GROUP BY ${join(ordinal, ', ')}`;
