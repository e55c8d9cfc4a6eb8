import type { Notice } from '../contract.ts';
import { type Statement, sql, whole } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';
import { MOST_ROWS } from './rows.ts';
import type { Selected } from './select.ts';

/** Rows of an answer of single events where the question sets no limit. */
export const USUAL_ROWS = 1000;

/** What is read: rows of a selection with these columns, the newest first. */
export interface Reading {
  /** All of the rows, without what only columns need. */
  found: Selected;
  /** Those at or after an instant (epoch ms), with what the columns need. */
  shown: (columns: Statement, from: number) => Selected;
  /** The columns of rows at or after an instant. */
  columns: (from: number) => Statement;
  /** The instant of a row. */
  at: Statement;
  /** What tells a row from all others of its instant. */
  tie: Statement;
  /** The rows in words. */
  what: string;
}

/** The newest rows of a selection, at most `limit` of them; where there are more, a notice gives the full count. Columns are looked up only as far back as the rows reach. */
export async function newest(
  { found, shown, columns, at, tie, what }: Reading,
  limit: number | undefined,
  { reader, signal }: QueryContext,
): Promise<{ rows: Row[]; notices: Notice[] }> {
  const most = Math.min(limit ?? USUAL_ROWS, MOST_ROWS);
  const order = sql`${at} DESC, ${tie} DESC`;
  const times = await reader.read<{ at: number }>(
    sql`SELECT ${at} AS "at" FROM ${found.from} WHERE ${found.where} ORDER BY ${order} LIMIT ${whole(most + 1)}`,
    signal,
  );
  const oldest = times.slice(0, most).at(-1);
  if (!oldest) return { rows: [], notices: [] };
  const of = columns(oldest.at);
  const reach = shown(of, oldest.at);
  const [rows, [counted]] = await Promise.all([
    reader.read(
      sql`SELECT ${of} FROM ${reach.from} WHERE ${reach.where} ORDER BY ${order} LIMIT ${whole(most)}`,
      signal,
    ),
    times.length <= most
      ? []
      : reader.read(sql`SELECT count(*) AS "n" FROM ${found.from} WHERE ${found.where}`, signal),
  ]);
  if (!counted) return { rows, notices: [] };
  const advice =
    most < MOST_ROWS ? 'raise the limit or narrow the filters' : 'narrow the filters or the range';
  const text = `Showing the newest ${most} of ${Number(counted.n)} ${what}: ${advice}.`;
  return { rows, notices: [{ severity: 'warning', text }] };
}
