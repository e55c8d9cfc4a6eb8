import { instant, join, sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';
import { FAMILIES } from './families.ts';
import type { Matcher } from './filter.ts';
import { mayReachNight } from './night-reach.ts';
import type { Question } from './question.ts';
import { type Selection, select } from './select.ts';

/** A page that may keep its person awake in a night; times are epoch milliseconds. */
export interface NightPage extends Row {
  user_id: string;
  time: number;
  awake_until: number;
  interruption: boolean;
}

/** Level 1 on-call hours of one person in one night. */
export interface NightHours extends Row {
  user_id: string;
  night: string;
  hours: number;
}

/** The pages in [from, to) that pass the matchers and may reach into a night, by time. */
export function nightPagesIn(
  context: QueryContext,
  question: Question,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): Promise<NightPage[]> {
  const pages = pagesBetween(context, question, matchers, from, to);
  const where = mayReachNight(context.settings);
  const selected = select({ ...pages, where }, [], sql``);
  return context.reader.read<NightPage>(
    sql`SELECT "p"."user_id", "p"."time", "p"."awake_until", "p"."interruption" FROM ${selected.from} WHERE ${selected.where} ORDER BY "p"."time"`,
    context.signal,
  );
}

/** The instants of everybody's interruptions in [from, to), in order; one row a person, as there are many of them. */
export async function interruptionTimesIn(
  context: QueryContext,
  question: Question,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): Promise<Map<string, number[]>> {
  if (from >= to) return new Map();
  const pages = pagesBetween(context, question, matchers, from, to);
  const selected = select({ ...pages, where: sql`"p"."interruption"` }, [], sql``);
  const instants = sql`CAST(CAST(EXTRACT(epoch FROM "p"."time") * 1000 AS bigint) AS text)`;
  const rows = await context.reader.read<{ user_id: string; times: string }>(
    sql`SELECT "p"."user_id", string_agg(${instants}, ' ' ORDER BY "p"."time") AS "times" FROM ${selected.from} WHERE ${selected.where} GROUP BY 1`,
    context.signal,
  );
  return new Map(rows.map(({ user_id, times }) => [user_id, times.split(' ').map(Number)]));
}

function pagesBetween(
  { bounds, hours }: QueryContext,
  { zone }: Question,
  matchers: readonly Matcher[],
  from: number,
  to: number,
): Selection {
  const { time } = FAMILIES.people.instants;
  return { family: 'people', instant: time, from, to, bounds, zone, hours, matchers };
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
