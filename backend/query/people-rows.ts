import { instant, join, sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';
import { FAMILIES } from './families.ts';
import type { Matcher } from './filter.ts';
import type { Question } from './question.ts';
import { type Selection, select } from './select.ts';

/** A page as nights and alert ranking need it; times are epoch milliseconds. */
export interface PageRow extends Row {
  id: string;
  user_id: string;
  time: number;
  awake_until: number;
  interruption: boolean;
  hour_class: string;
  night: string | null;
  fingerprint: string | null;
}

/** Level 1 on-call hours of one person in one night. */
export interface NightHours extends Row {
  user_id: string;
  night: string;
  hours: number;
}

/** The pages in [from, to) that pass the matchers, in the order of their first notifications: by time, then by log entry id. */
export function pagesIn(
  context: QueryContext,
  question: Question,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): Promise<PageRow[]> {
  const columns = sql`"p"."id", "p"."user_id", "p"."time", "p"."awake_until", "p"."interruption", "p"."hour_class", "p"."night", "f"."fingerprint"`;
  const selected = select(pagesBetween(context, question, matchers, from, to), [], columns);
  return context.reader.read<PageRow>(
    sql`SELECT ${columns} FROM ${selected.from} WHERE ${selected.where} ORDER BY "p"."time", "p"."id"`,
    context.signal,
  );
}

/** The first interruption of each person in [from, to), by person id. */
export async function firstInterruptionsIn(
  context: QueryContext,
  question: Question,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): Promise<Map<string, number>> {
  if (from >= to) return new Map();
  const pages = pagesBetween(context, question, matchers, from, to);
  const selected = select({ ...pages, where: sql`"p"."interruption"` }, [], sql``);
  const rows = await context.reader.read<{ user_id: string; time: number }>(
    sql`SELECT "p"."user_id", min("p"."time") AS "time" FROM ${selected.from} WHERE ${selected.where} GROUP BY 1`,
    context.signal,
  );
  return new Map(rows.map(({ user_id, time }) => [user_id, time]));
}

function pagesBetween(
  { coverage, hours }: QueryContext,
  { zone }: Question,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): Selection {
  const { time } = FAMILIES.people.instants;
  return { family: 'people', instant: time, from, to, last: coverage.last, zone, hours, matchers };
}

/** On-call hours by person and night in [from, to); time on call twice counts once. */
export function nightHoursIn(
  context: QueryContext,
  question: Question,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): Promise<NightHours[]> {
  const selected = select(
    {
      family: 'on_call',
      instant: FAMILIES.on_call.instants.time,
      from,
      to,
      zone: question.zone,
      hours: context.hours,
      matchers,
      where: sql`"s"."night" IS NOT NULL`,
    },
    [],
    sql``,
  );
  const end = sql`LEAST("s"."end", ${instant(to)})`;
  const columns = join([sql`"s"."user_id"`, sql`"s"."night"`, sql`"s"."start"`, sql`${end} AS "end"`], ', ');
  return context.reader.read<NightHours>(
    sql`SELECT "user_id", "night", sum(EXTRACT(epoch FROM ("end" - "start"))) / 3600.0 AS "hours" FROM (SELECT DISTINCT ${columns} FROM ${selected.from} WHERE ${selected.where}) AS "d" GROUP BY 1, 2`,
    context.signal,
  );
}
