import type { Span } from '../model/facts/shifts.ts';
import { column, instant, join, name, type Statement, sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';
import type { FactTable } from './derive-write.ts';

/** Which columns of a fact table to read, of which column's groups, by which time. */
export interface GroupedRead {
  table: FactTable;
  columns: readonly string[];
  group: string;
  time: string;
}

/** Reads the rows of each group in its span [from, until), in no order. */
async function readSpans<R extends Row>(
  writer: Writer,
  { table, columns, group, time }: GroupedRead,
  spans: ReadonlyMap<string, Span>,
): Promise<R[]> {
  const chosen = [...spans].map(([id, { from, until }]) => sql`(${id}, ${instant(from)}, ${instant(until)})`);
  if (chosen.length === 0) return [];
  const picked = columns.map((one) => column('f', one));
  const at = column('f', time);
  return writer.read<R>(
    sql`SELECT ${join(picked, ', ')} FROM ${name(table)} AS "f" JOIN (VALUES ${join(chosen, ', ')}) AS "s"("id", "from", "until") ON "s"."id" = ${column('f', group)} AND ${at} >= "s"."from" AND ${at} < "s"."until" WHERE ${within(at, [...spans.values()])}`,
  );
}

/** The rows of each group in its span as they come out now: those stored of other incidents, and `fresh` ones of `mine`; in no order. */
export async function readLinks<R extends Row & { incident_id: string }>(
  writer: Writer,
  links: GroupedRead & { group: keyof R & string; time: keyof R & string },
  spans: ReadonlyMap<string, Span>,
  { mine, fresh }: { mine: ReadonlySet<string>; fresh: readonly R[] },
): Promise<R[]> {
  const stored = await readSpans<R>(writer, links, spans);
  const others = stored.filter((row) => !mine.has(row.incident_id));
  const own = fresh.filter((row) => inSpan(spans, String(row[links.group]), Number(row[links.time])));
  return [...others, ...own];
}

/** The instants of rows by their group. */
export function timesBy<G extends string, T extends string>(
  rows: readonly (Record<G, string> & Record<T, number>)[],
  { group, time }: { group: G; time: T },
): Map<string, number[]> {
  const groups = Map.groupBy(rows, (row) => row[group]);
  return new Map([...groups].map(([id, members]) => [id, members.map((row) => row[time])]));
}

/** True where an instant of a group is in the group's span [from, until). */
function inSpan(spans: ReadonlyMap<string, Span>, group: string, at: number): boolean {
  const span = spans.get(group);
  return span !== undefined && at >= span.from && at < span.until;
}

/** All spans together, so that the engine looks at no other time. */
function within(at: Statement, spans: readonly Span[]): Statement {
  const from = spans.reduce((least, span) => Math.min(least, span.from), Number.POSITIVE_INFINITY);
  const until = spans.reduce((most, span) => Math.max(most, span.until), Number.NEGATIVE_INFINITY);
  return sql`${at} >= ${instant(from)} AND ${at} < ${instant(until)}`;
}
