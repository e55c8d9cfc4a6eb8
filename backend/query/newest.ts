import type { Notice } from '../contract.ts';
import { type Statement, sql, whole } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';
import { MOST_ROWS } from './rows.ts';
import type { Selected } from './select.ts';

/** Rows of an answer of single events where the question sets no limit. */
export const USUAL_ROWS = 1000;

/** What is read: rows of a selection with these columns, in this order. */
export interface Reading {
  selected: (columns: Statement) => Selected;
  columns: Statement;
  /** What tells one row from all others. */
  key: Statement;
  order: Statement;
  /** The rows in words. */
  what: string;
}

/** The first rows of a selection, at most `limit` of them, and the columns of these alone; where there are more, a notice gives the full count. */
export async function newest(
  { selected, columns, key, order, what }: Reading,
  limit: number | undefined,
  { reader, signal }: QueryContext,
): Promise<{ rows: Row[]; notices: Notice[] }> {
  const most = Math.min(limit ?? USUAL_ROWS, MOST_ROWS);
  const [found, shown] = [selected(key), selected(columns)];
  const first = sql`SELECT ${key} FROM ${found.from} WHERE ${found.where} ORDER BY ${order} LIMIT ${whole(most + 1)}`;
  const rows = await reader.read(
    sql`SELECT ${columns} FROM ${shown.from} WHERE ${shown.where} AND ${key} IN (${first}) ORDER BY ${order}`,
    signal,
  );
  if (rows.length <= most) return { rows, notices: [] };
  const [counted] = await reader.read(
    sql`SELECT count(*) AS "n" FROM ${found.from} WHERE ${found.where}`,
    signal,
  );
  const advice =
    most < MOST_ROWS ? 'raise the limit or narrow the filters' : 'narrow the filters or the range';
  const text = `Showing the newest ${most} of ${Number(counted?.n ?? 0)} ${what}: ${advice}.`;
  return { rows: rows.slice(0, most), notices: [{ severity: 'warning', text }] };
}
