import type { Notice } from '../contract.ts';
import type { Value } from '../sql/statement.ts';
import { type Group, keyOfGroup } from './collect.ts';
import { type Column, number } from './column.ts';
import type { QueryContext } from './context.ts';
import { coveredFrom, isCovered, iso, onCallNotices } from './coverage.ts';
import { type Dimension, dimensions } from './dimensions.ts';
import { namesOf } from './filter.ts';
import { type Asked, rowGroups } from './groups.ts';
import { loadGroups } from './load-groups.ts';
import type { Metric } from './metrics/metric.ts';
import { linesSeen } from './people/seen.ts';
import { lookUp, type Question } from './question.ts';

/** One combination of dimension values with its figure in each bucket; null where there is none or it is unknown. */
export interface Line {
  ids: Value[];
  names: Value[];
  figures: readonly (number | null)[];
  /** Those of the period before, bucket by bucket; null where nothing is compared. */
  previous: readonly (number | null)[] | null;
}

/** A metric that is asked for, by the name that the question gives it. */
export interface Asking extends Omit<Asked, 'back'> {
  metric: Metric;
  compare: boolean;
}

/** What a format draws lines by, and the figures that a line without rows would have. */
export interface Drawing extends Asking {
  blank: readonly (number | null)[];
}

/** The lines of an answer, the greatest total first, then by name, so that an answer is the same each time. */
export async function linesOf(asking: Asking, context: QueryContext): Promise<Line[]> {
  const { question, compare } = asking;
  const back = question.to - question.from;
  const [present, earlier] = await Promise.all([
    groupsOf(asking, 0, context),
    compare ? groupsOf(asking, back, context) : [],
  ]);
  const groups = new Map([...earlier, ...present].map(({ key, ids }) => [key, { ids }]));
  if (question.by.length === 0 && groups.size === 0) groups.set(keyOfGroup([]), { ids: [] });
  const [now, before] = [keyed(present), keyed(earlier)];
  const covered = coveredBuckets(asking, 0, context);
  const coveredBefore = compare ? coveredBuckets(asking, back, context) : [];
  const lines = [...groups].map(([key, { ids }]) => ({
    ids,
    figures: filled(asking, now.get(key), covered),
    previous: compare ? filled(asking, before.get(key), coveredBefore) : null,
  }));
  return ordered(linesSeen(await withNames(lines, question.by, context), question.by, context.view));
}

function groupsOf({ metric, ...asking }: Asking, back: number, context: QueryContext): Promise<Group[]> {
  const asked = { ...asking, back };
  return 'figure' in metric
    ? loadGroups(metric, asked, context)
    : rowGroups(metric, asked.question.by, asked, context);
}

function keyed(groups: readonly Group[]): Map<string, Group> {
  return new Map(groups.map((group) => [group.key, group]));
}

/** Which buckets are covered; of the period before only those that are so in whole. */
function coveredBuckets(
  { metric, question, buckets }: Asking,
  back: number,
  { coverage }: QueryContext,
): boolean[] {
  const stored = { from: coveredFrom(coverage, metric), until: coverage.until };
  return buckets.list.map((bucket) => {
    const start = Math.max(bucket.start, question.from) - back;
    const end = Math.min(bucket.end, question.to) - back;
    return isCovered(stored, { start, end }, back > 0);
  });
}

/** Empty covered buckets get the metric's figure for nothing; uncovered ones are null. */
function filled(
  { metric }: Asking,
  group: Group | undefined,
  covered: readonly boolean[],
): (number | null)[] {
  return covered.map((isCovered, index) => (isCovered ? (group?.figures[index] ?? metric.empty) : null));
}

/** The figures of a line without rows. */
export function blankOf(asking: Asking, context: QueryContext): (number | null)[] {
  return filled(asking, undefined, coveredBuckets(asking, 0, context));
}

async function withNames(
  lines: Omit<Line, 'names'>[],
  by: readonly string[],
  { reader, signal }: QueryContext,
): Promise<Line[]> {
  const named = await Promise.all(
    by.map((name, index) => {
      const ids = lines.map((line) => line.ids[index] ?? null);
      return namesOf(reader, dimensionNamed(name), ids, signal);
    }),
  );
  return lines.map((line) => ({
    ...line,
    names: line.ids.map((id, index) => (id === null ? null : (named[index]?.get(String(id)) ?? String(id)))),
  }));
}

function ordered(lines: readonly Line[]): Line[] {
  const ranked = lines.map((line) => ({
    line,
    total: line.figures.reduce<number>((sum, figure) => sum + (figure ?? 0), 0),
    name: JSON.stringify(line.names) + JSON.stringify(line.ids),
  }));
  return ranked.sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1)).map(({ line }) => line);
}

/** The dimension of that name; an unknown one is an error that tells the nearest. */
export function dimensionNamed(name: string): Dimension {
  return lookUp('dimension', name, dimensions);
}

/** The column of a metric's figures. */
export function valueColumn(metric: Metric, question: Question): Column {
  const { title, unit, description } = metric;
  return number(question.metric ?? '', title, { unit, description });
}

/** Why figures are null: on-call time or an earlier period that is not harvested, or nothing to compute them over. */
export function nullNotices(asking: Asking, lines: readonly Line[], { coverage }: QueryContext): Notice[] {
  const { metric, question, compare } = asking;
  const name = question.metric ?? '';
  const from = compare ? question.from - (question.to - question.from) : question.from;
  const isNull = (figures: Line['previous']) => figures?.some((figure) => figure === null) ?? false;
  const onCall = metric.family === 'on_call' ? onCallNotices(name, coverage, from) : [];
  const start = coveredFrom(coverage, metric);
  const unread = compare && lines.some((line) => isNull(line.previous)) && (start === null || start > from);
  const empty = metric.empty === null && lines.some((line) => isNull(line.figures));
  const reach = start === null ? 'nothing of it is harvested' : `it is known from ${iso(start)} on`;
  const where = metric.emptyWhere ?? 'there was nothing to compute it over';
  return [
    ...onCall,
    ...(unread ? [warning(`previous is empty where ${name} was not harvested: ${reach}.`)] : []),
    ...(empty ? [{ severity: 'info' as const, text: `${name} is empty where ${where}.` }] : []),
  ];
}

const warning = (text: string): Notice => ({ severity: 'warning', text });
