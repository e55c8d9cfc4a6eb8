import { DAY, HOUR } from '../clock.ts';
import { instant, join, sql } from '../sql/statement.ts';
import type { Reader } from '../store/store.ts';

/** What is known of where no row lies but those of on-call time, epoch ms; ranges that differ only there are asked for in the same words. */
export interface Bounds {
  /** None is later. */
  last: number;
  /** None lies at or after `from` and before `first` of one of these. */
  gaps: readonly Gap[];
}

interface Gap {
  from: number;
  first: number;
}

/** A range without what is known to hold no row at either end. */
export function rowsWithin<R extends { from: number; to: number }>(range: R, { last, gaps }: Bounds): R {
  const next = (at: number) => gaps.find(({ from, first }) => from <= at && at < first)?.first ?? at;
  const to = Math.min(next(range.to), Math.max(last + 1, range.from));
  return { ...range, from: Math.min(next(range.from), to), to };
}

const OF_RAW_ROWS = [
  [sql`"incident"`, sql`"created_at"`],
  [sql`"incident"`, sql`"resolved_at"`],
  [sql`"log_entry"`, sql`"created_at"`],
] as const;

const INSTANTS = [...OF_RAW_ROWS, [sql`"notification"`, sql`"time"`], [sql`"page"`, sql`"time"`]] as const;

/** Rows are looked for from here on before the end of what is harvested: reading back to the last one would cost more where there is none. */
const LOOK_BACK = DAY;

/** The last instant that any row but those of on-call time tells of, or a day before the end where there is none so late. */
export async function lastInstant(
  reader: Reader,
  until: number | null,
  signal?: AbortSignal,
): Promise<number> {
  if (until === null) return Number.POSITIVE_INFINITY;
  const from = Math.floor((until - LOOK_BACK) / DAY) * DAY;
  // The time of a page or notification is that of a log entry, which so late is still there.
  const each = OF_RAW_ROWS.map(
    ([table, at]) => sql`SELECT max(${at}) AS "last" FROM ${table} WHERE ${at} >= ${instant(from)}`,
  );
  const [row] = await reader.read<{ last: number | null }>(
    sql`SELECT max("last") AS "last" FROM (${join(each, ' UNION ALL ')}) AS "i"`,
    signal,
  );
  return Math.max(row?.last ?? from, from);
}

/** The gap that begins at an instant: it ends with the next row of its hour, or with the hour. All who ask of an hour share what is read. */
export async function gapFrom(reader: Reader, from: number, signal?: AbortSignal): Promise<Gap> {
  const hour = Math.floor(from / HOUR) * HOUR;
  const end = hour + HOUR;
  const instants = INSTANTS.map(
    ([table, at]) =>
      sql`SELECT ${at} AS "at" FROM ${table} WHERE ${at} >= ${instant(hour)} AND ${at} < ${instant(end)}`,
  );
  const rows = await reader.read<{ at: number }>(
    sql`SELECT DISTINCT "at" FROM (${join(instants, ' UNION ALL ')}) AS "i" ORDER BY "at"`,
    signal,
    end,
  );
  return { from, first: rows.find(({ at }) => at >= from)?.at ?? end };
}
