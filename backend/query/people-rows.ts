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

/** An instant of one person. */
export interface PersonInstant {
  user_id: string;
  at: number;
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
  const where = mayReachNight(context.settings, sql`"p"."awake_until"`);
  const selected = select({ ...pages, where }, [], sql``);
  return context.reader.read<NightPage>(
    sql`SELECT "p"."user_id", "p"."time", "p"."awake_until", "p"."interruption" FROM ${selected.from} WHERE ${selected.where} ORDER BY "p"."time"`,
    context.signal,
  );
}

/** The first interruption before `to` at or after each instant of a person; those without one are left out. */
export async function nextInterruptions(
  context: QueryContext,
  question: Question,
  matchers: readonly Matcher[],
  instants: readonly PersonInstant[],
  to: number,
): Promise<(user: string, at: number) => number | null> {
  const from = instants.reduce((least, { at }) => Math.min(least, at), to);
  if (from >= to) return () => null;
  const after = join(
    instants.map(({ user_id, at }) => sql`(${user_id}, ${instant(at)})`),
    ', ',
  );
  const selected = select(
    {
      ...pagesBetween(context, question, matchers, from, to),
      joins: sql`JOIN (VALUES ${after}) AS "k"("user_id", "at") ON "k"."user_id" = "p"."user_id" AND "p"."time" >= "k"."at"`,
      where: sql`"p"."interruption"`,
    },
    [],
    sql``,
  );
  const rows = await context.reader.read<Row & PersonInstant & { time: number }>(
    sql`SELECT "k"."user_id", "k"."at", min("p"."time") AS "time" FROM ${selected.from} WHERE ${selected.where} GROUP BY 1, 2`,
    context.signal,
  );
  const keyOf = (user: string, at: number) => `${at} ${user}`;
  const found = new Map(rows.map(({ user_id, at, time }) => [keyOf(user_id, at), time]));
  return (user, at) => found.get(keyOf(user, at)) ?? null;
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
