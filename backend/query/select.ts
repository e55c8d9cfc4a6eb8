import type { Unit } from '../calendar/buckets.ts';
import type { Hours } from '../calendar/hours.ts';
import type { Zone } from '../calendar/zone.ts';
import { AppError } from '../errors.ts';
import { all, instant, isIn, join, name, type Statement, sql, textOf, whole } from '../sql/statement.ts';
import { type Bounds, rowsWithin } from './bounds.ts';
import { type Dimension, dimensions, dimensionsOf, type Source, sourceFor } from './dimensions.ts';
import { type Family, kindOf, rowsOfFamily } from './families.ts';
import { condition, type Matcher } from './filter.ts';
import { type LocalTime, localTime } from './local-time.ts';
import { lookUp } from './question.ts';

/** The rows that a question is about: a family, its instant in [from, to), and conditions. */
export interface Selection {
  family: Family;
  /** The row's one instant, which decides range and bucket. */
  instant: Statement;
  from: number;
  to: number;
  /** Where no row of the family lies, as far as that is known. */
  bounds?: Bounds;
  zone: Zone;
  hours: Hours;
  matchers: readonly Matcher[];
  where?: Statement;
  /** The family's rows under its alias, with more columns, in place of its table. */
  rows?: Statement;
  /** What is joined to the family's rows. */
  joins?: Statement;
}

/** A selection in SQL: what follows FROM, with an expression for each dimension grouped by. */
export interface Selected {
  from: Statement;
  where: Statement;
  /** The value of each `by` dimension, in order. */
  values: Statement[];
  time: LocalTime;
}

/**
 * Puts a selection and its grouping dimensions into SQL; a dimension that does not go with the family is an error that
 * tells which do. Tables are joined only where `figures`, what is asked of the rows, or a condition names them.
 */
export function select(selection: Selection, by: readonly string[], figures: Statement): Selected {
  const { from, bounds } = selection;
  const range = bounds ? rowsWithin({ from, to: selection.to }, bounds) : { from, to: selection.to };
  const { to } = range;
  const time = localTime(selection.instant, selection.zone, from, to);
  const family = rowsOfFamily(selection.family);
  const joins: Statement[] = selection.joins ? [selection.joins] : [];
  const inRange = (at: Statement) => sql`${at} >= ${instant(range.from)} AND ${at} < ${instant(to)}`;
  const ofRange = (key: Statement, row: Statement) =>
    sql`${key} IN (SELECT ${row} FROM ${family.from} WHERE ${inRange(selection.instant)})`;
  const conditions = [
    inRange(selection.instant),
    ...(selection.where ? [selection.where] : []),
    ...selection.matchers.map((matcher) => filterCondition(matcher, { ...selection, ...range }, time)),
  ];
  const values = by.map((dimension, index) => {
    const source = sourceOf(dimension, selection.family);
    if ('one' in source) return source.one({ clock: time.clock, hours: selection.hours });
    const alias = name(`by_${index}`);
    const pairs = sql`(SELECT * FROM ${source.many(range)} AS "m" WHERE ${ofRange(sql`"m"."row"`, source.row)})`;
    joins.push(sql`LEFT JOIN ${pairs} AS ${alias} ON ${alias}."row" = ${source.row}`);
    conditions.push(...shownValues(dimension, sql`${alias}."value"`, selection.matchers));
    return sql`${alias}."value"`;
  });
  const named = textOf(join([figures, ...values, ...conditions, ...joins], ' '));
  // Where the range is told of both tables, PostgreSQL guesses better than from an equality how many rows there are.
  const alike = ({ instant, column }: { instant: Statement; column: Statement }) =>
    textOf(instant) === textOf(selection.instant) ? inRange(column) : sql`${column} = ${instant}`;
  const tables = Object.entries(family.joins).flatMap(([alias, joined]): Statement[] => {
    const { table, key, row, always, like, fewer } = joined;
    if (!named.includes(`"${alias}".`)) return [];
    const on = [sql`${name(alias)}.${key} = ${row}`, ...(like ? [alike(like)] : [])];
    const rows = fewer ? sql`(SELECT * FROM ${table} WHERE ${ofRange(key, row)})` : table;
    return [sql`${always ? sql`JOIN` : sql`LEFT JOIN`} ${rows} AS ${name(alias)} ON ${all(on)}`];
  });
  return {
    from: join([selection.rows ?? family.from, ...tables, ...joins], ' '),
    where: all(conditions),
    values,
    time,
  };
}

/** The bucket of a row: its local hour, day, week or month, and for hours the offset span that tells equal hours apart. */
export function bucketKey(time: LocalTime, unit: Unit): { key: Statement; span: Statement } {
  return { key: TRUNCATED[unit](time.clock), span: unit === 'hour' ? time.span : whole(0) };
}

const TRUNCATED = {
  hour: (clock) => sql`date_trunc('hour', ${clock})`,
  day: (clock) => sql`date_trunc('day', ${clock})`,
  week: (clock) => sql`date_trunc('week', ${clock})`,
  month: (clock) => sql`date_trunc('month', ${clock})`,
} as const satisfies Record<Unit, (clock: Statement) => Statement>;

function shownValues(dimension: string, value: Statement, matchers: readonly Matcher[]): Statement[] {
  return matchers
    .filter((matcher) => matcher.dimension === dimension && !matcher.negated)
    .map((matcher) => isIn(value, matcher.ids));
}

function filterCondition(matcher: Matcher, selection: Selection, time: LocalTime): Statement {
  const source = sourceOf(matcher.dimension, selection.family);
  if ('one' in source)
    return condition(matcher, { one: source.one({ clock: time.clock, hours: selection.hours }) });
  return condition(matcher, { many: source.many(selection), row: source.row });
}

function sourceOf(dimensionName: string, family: Family): Source {
  const dimension: Dimension = lookUp('dimension', dimensionName, dimensions);
  const source = sourceFor(dimension, family);
  if (source) return source;
  throw new AppError(
    'invalid_query',
    `dimension "${dimensionName}" does not go with ${FAMILY_WORDS[kindOf(family)]}; use ${dimensionsOf(family).join(', ')}`,
  );
}

const FAMILY_WORDS: Readonly<Partial<Record<Family, string>>> = {
  incident: 'metrics of incidents',
  people: 'metrics of pages to people',
  on_call: 'on-call time',
};
