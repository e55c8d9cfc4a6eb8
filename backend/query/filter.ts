import type { Filter } from '../contract.ts';
import { AppError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { isIn, type Statement, sql, type Value } from '../sql/statement.ts';
import type { Reader, Row } from '../store/store.ts';
import { type Dimension, dimensions, type Known } from './dimensions.ts';
import { matching } from './pattern.ts';
import { lookUp } from './question.ts';

/** A filter whose values are known ids: rows keep (or, negated, lose) when any of their values is among them. */
export interface Matcher {
  dimension: string;
  negated: boolean;
  ids: string[];
}

/** Turns the filters' ids, names and regular expressions into ids; an unknown value is an error that tells the nearest. */
export function resolveFilters(
  reader: Reader,
  filters: readonly Filter[],
  signal?: AbortSignal,
): Promise<Matcher[]> {
  return Promise.all(
    filters.map(async (filter) => {
      const dimension = lookUp('dimension', filter.dimension, dimensions);
      const negated = filter.op.startsWith('!');
      const find = filter.op.endsWith('~') ? idsMatching : idsNamed;
      return { dimension: filter.dimension, negated, ids: await find(reader, filter, dimension, signal) };
    }),
  );
}

async function idsNamed(
  reader: Reader,
  filter: Filter,
  dimension: Dimension,
  signal?: AbortSignal,
): Promise<string[]> {
  const found = await knownAmong(reader, dimension, filter.values, signal);
  for (const value of filter.values) {
    if (found.some((known) => known.id === value || known.name === value)) continue;
    const all = await knownValues(reader, dimension, signal);
    const near = nearest(value, new Set(all.flatMap((known) => [known.name, known.id])));
    const advice =
      near.length > 0 ? `did you mean ${near.join(', ')}?` : 'nothing of this kind has been harvested yet.';
    throw new AppError('invalid_query', `${dimension.title} "${value}" is unknown; ${advice}`);
  }
  return found.map((known) => known.id);
}

async function idsMatching(
  reader: Reader,
  filter: Filter,
  dimension: Dimension,
  signal?: AbortSignal,
): Promise<string[]> {
  const all = await knownValues(reader, dimension, signal);
  return matching(filter.dimension, filter.values, all).map((known) => known.id);
}

function isFixed(known: Dimension['known']): known is readonly Known[] {
  return Array.isArray(known);
}

/** True where a dimension's values are things that are listed: they are few, and all who ask for some share one reading of them. */
function isDirectory({ thing, nameOf }: Dimension): boolean {
  return thing && !nameOf;
}

/** Every value of a dimension, by name. */
export async function knownValues(
  reader: Reader,
  dimension: Dimension,
  signal?: AbortSignal,
): Promise<Known[]> {
  if (isFixed(dimension.known)) return [...dimension.known];
  const rows = await reader.read<Row & Known>(
    sql`SELECT "id", "name" FROM (${dimension.known}) AS "k" WHERE "id" IS NOT NULL ORDER BY 2, 1`,
    signal,
  );
  return rows;
}

/** The values of a dimension that have one of these ids or names. */
export async function knownAmong(
  reader: Reader,
  dimension: Dimension,
  values: readonly string[],
  signal?: AbortSignal,
): Promise<Known[]> {
  const { known } = dimension;
  const isAmong = ({ id, name }: Known) => values.includes(id) || values.includes(name);
  if (isFixed(known)) return known.filter(isAmong);
  if (isDirectory(dimension)) return (await knownValues(reader, dimension, signal)).filter(isAmong);
  return reader.read<Row & Known>(
    sql`SELECT "id", "name" FROM (${known}) AS "k" WHERE ${isIn(sql`"id"`, values)} OR ${isIn(sql`"name"`, values)}`,
    signal,
  );
}

/** The names of ids of a dimension; an id without a name stands for itself. */
export async function namesOf(
  reader: Reader,
  dimension: Dimension,
  ids: readonly Value[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const texts = [...new Set(ids.filter((id) => id !== null).map(String))];
  const found = texts.length > 0 ? await knownWithIds(reader, dimension, texts, signal) : [];
  const names = new Map(texts.map((id) => [id, id]));
  for (const { id, name } of found) if (names.has(id)) names.set(id, name);
  return names;
}

async function knownWithIds(
  reader: Reader,
  dimension: Dimension,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Known[]> {
  const { known, nameOf } = dimension;
  if (isFixed(known)) return known;
  if (nameOf) return ids.map((id) => ({ id, name: nameOf(id) }));
  // Values that are no things are words of the rows themselves.
  return isDirectory(dimension) ? knownValues(reader, dimension, signal) : [];
}

/** The condition that a row's values, given as an expression or as a table of pairs, pass a matcher. */
export function condition(
  matcher: Matcher,
  source: { one: Statement } | { many: Statement; row: Statement },
): Statement {
  if ('one' in source) {
    const match = isIn(sql`CAST(${source.one} AS text)`, matcher.ids);
    return matcher.negated ? sql`COALESCE(NOT ${match}, TRUE)` : match;
  }
  const exists = sql`EXISTS (SELECT 1 FROM ${source.many} AS "m" WHERE "m"."row" = ${source.row} AND ${isIn(sql`"m"."value"`, matcher.ids)})`;
  return matcher.negated ? sql`NOT ${exists}` : exists;
}
