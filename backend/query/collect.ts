import { AppError } from '../errors.ts';
import type { Value } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { Buckets } from './buckets.ts';

/** One combination of dimension values with a metric's figure in each bucket; undefined where no row fell. */
export interface Group {
  /** Tells it from others by the same dimensions. */
  key: string;
  ids: Value[];
  figures: (number | null | undefined)[];
}

/** The key of a group by its dimension values. */
export const keyOfGroup = (ids: readonly Value[]): string => JSON.stringify(ids);

/** Most figures that one answer is made of. */
export const MOST_POINTS = 500_000;

/** Most figures of it with those of empty buckets. */
const MOST_DENSE = 4 * MOST_POINTS;

const tooMany = () =>
  new AppError(
    'invalid_query',
    `This would take more than ${MOST_POINTS} figures: group by fewer dimensions, choose a larger bucket, a shorter range or a filter.`,
  );

/** The groups of rows that are kept, with the start of the first bucket in which they are counted. */
const collected = new WeakMap<
  readonly Row[],
  { begin: number | undefined; length: number; groups: Group[] }
>();

/** Puts rows (key, span, value_0 and so on, figure) into groups by bucket; throws AppError `invalid_query` where they would be too many. */
export function collect(rows: readonly Row[], width: number, buckets: Buckets): Group[] {
  if (rows.length > MOST_POINTS) throw tooMany();
  const { unit, list } = buckets;
  const begin = unit === null ? undefined : list[0]?.start;
  const kept = collected.get(rows);
  // Where no row lies between them, ranges from either side of an edge of buckets are asked for in the same words.
  if (kept && kept.begin === begin && kept.length === list.length) return kept.groups;
  const groups = grouped(rows, width, buckets);
  collected.set(rows, { begin, length: list.length, groups });
  return groups;
}

function grouped(rows: readonly Row[], width: number, buckets: Buckets): Group[] {
  const columns = Array.from({ length: width }, (_, index) => `value_${index}`);
  const [only] = columns;
  const keyOf =
    width === 1 && only !== undefined
      ? (row: Row) => row[only] ?? null
      : (row: Row) => JSON.stringify(columns.map((column) => row[column] ?? null));
  const groups = new Map<Value, Group>();
  for (const row of rows) {
    const bucket =
      row.span === undefined ? Number(row.key) : buckets.indexOf(Number(row.key), Number(row.span));
    if (bucket === undefined) throw new Error(`a row fell into no bucket: ${JSON.stringify(row)}`);
    const key = keyOf(row);
    let group = groups.get(key);
    if (!group) {
      if ((groups.size + 1) * buckets.list.length > MOST_DENSE) throw tooMany();
      const ids = columns.map((column) => row[column] ?? null);
      group = { key: keyOfGroup(ids), ids, figures: new Array(buckets.list.length).fill(undefined) };
      groups.set(key, group);
    }
    group.figures[bucket] = row.figure === null ? null : Number(row.figure);
  }
  return [...groups.values()];
}
