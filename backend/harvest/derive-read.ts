import { type RowOf, TABLES } from '../model/index.ts';
import { column, instant, name, type Statement, sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';

/** A table whose rows have a time that never changes. */
type TimedTable = 'incident' | 'log_entry' | 'page' | 'notification' | 'step' | 'incident_fact';

/**
 * Reads the rows that have one of `keys` (a table of ids) in a column. It looks first for the span of time in which they
 * lie: an engine without indexes then reads two columns of all rows and the others of that span only.
 */
export async function readOf<T extends TimedTable>(
  writer: Writer,
  table: T,
  key: keyof RowOf<T> & string,
  keys: Statement,
): Promise<(RowOf<T> & Row)[]> {
  const time = column('t', TABLES[table].span);
  const found = sql`FROM ${name(table)} AS "t" JOIN ${keys} AS "k" ON "k"."id" = ${column('t', key)}`;
  const [span] = await writer.read<{ from: number | null; to: number | null }>(
    sql`SELECT min(${time}) AS "from", max(${time}) AS "to" ${found}`,
  );
  if (span?.from == null || span.to === null) return [];
  return writer.read<RowOf<T> & Row>(
    sql`SELECT "t".* ${found} WHERE ${time} BETWEEN ${instant(span.from)} AND ${instant(span.to)}`,
  );
}
