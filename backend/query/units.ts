import type { BudgetUnit } from '../budgets/alert-budget.ts';
import { DAY } from '../clock.ts';
import { all, type Statement, sql } from '../sql/statement.ts';
import type { QueryContext } from './context.ts';
import type { Matcher } from './filter.ts';
import { incidentMetrics } from './metrics/incidents.ts';
import { belongs, type RowMetric } from './metrics/metric.ts';
import { peopleMetrics } from './metrics/people.ts';
import type { Question } from './question.ts';
import { select } from './select.ts';
import { isOfPages, notOwn, pagedOnSchedule } from './selection.ts';

const { incidents, paged_incidents } = incidentMetrics;
const { pages, interruptions, sleep_interruptions } = peopleMetrics;

const UNITS: Readonly<Record<BudgetUnit, RowMetric>> = {
  incidents,
  paged_incidents,
  pages,
  interruptions,
  sleep_interruptions,
};

/** What lies before the last week that ended so long ago seldom changes any more. */
const SETTLED = 2 * DAY;
const WEEK = 7 * DAY;

/** The begin of the week of an instant, as UTC counts them from 1970. */
export const weekOf = (at: number): number => Math.floor(at / WEEK) * WEEK;

/** The instants in [from, to), ascending, at which a selection spent a unit; what lies in weeks long past is asked apart, in words that hold for a week. */
export async function unitsOf(
  unit: BudgetUnit,
  matchers: readonly Matcher[],
  { from, to, zone }: Pick<Question, 'from' | 'to' | 'zone'>,
  context: QueryContext,
): Promise<number[]> {
  const settled = Math.max(from, Math.min(to, weekOf((context.coverage.until ?? to) - SETTLED)));
  const spans = [
    { from, to: settled, end: settled },
    { from: settled, to, end: Number.POSITIVE_INFINITY },
  ].filter((span) => span.from < span.to);
  const units = spans.map((span) => unitsIn(unit, matchers, { ...span, zone }, context));
  return (await Promise.all(units)).flat();
}

async function unitsIn(
  unit: BudgetUnit,
  matchers: readonly Matcher[],
  { from, to, zone, end }: Pick<Question, 'from' | 'to' | 'zone'> & { end: number },
  context: QueryContext,
): Promise<number[]> {
  const metric = UNITS[unit];
  const ofPages = (matcher: Matcher) => isOfPages(metric, matcher);
  const conditions: Statement[] = [
    notOwn(metric.family),
    belongs(metric, from),
    pagedOnSchedule(matchers.filter(ofPages), metric, from),
  ];
  const selected = select(
    {
      family: metric.family,
      instant: metric.instant,
      from,
      to,
      bounds: context.bounds,
      zone,
      hours: context.hours,
      matchers: matchers.filter((matcher) => !ofPages(matcher)),
      where: all(conditions),
    },
    [],
    sql``,
  );
  const rows = await context.reader.read(
    sql`SELECT ${metric.instant} AS "at" FROM ${selected.from} WHERE ${selected.where} ORDER BY 1`,
    context.signal,
    end,
  );
  return rows.map((row) => Number(row.at));
}

/** The first page of an incident to a person. */
const FIRST_PAGE = sql`NOT EXISTS (SELECT 1 FROM "page" AS "x" WHERE "x"."incident_id" = "p"."incident_id" AND "x"."user_id" = "p"."user_id" AND "x"."time" < "p"."time")`;

const UNITS_OF_PEOPLE: Readonly<Record<Exclude<BudgetUnit, 'incidents'>, Statement>> = {
  paged_incidents: FIRST_PAGE,
  pages: sql`TRUE`,
  interruptions: belongs(interruptions, 0),
  sleep_interruptions: belongs(sleep_interruptions, 0),
};

/** The instants in [from, to), ascending, at which a unit of a selection went to each person; a paged incident counts at the first page to that person. */
export async function unitsByPerson(
  unit: Exclude<BudgetUnit, 'incidents'>,
  matchers: readonly Matcher[],
  { from, to, zone }: Pick<Question, 'from' | 'to' | 'zone'>,
  { reader, hours, signal }: QueryContext,
): Promise<Map<string, number[]>> {
  const { family, instant } = pages;
  const where = all([notOwn(family), UNITS_OF_PEOPLE[unit]]);
  const selected = select({ family, instant, from, to, zone, hours, matchers, where }, [], sql``);
  const rows = await reader.read<{ user_id: string; at: number }>(
    sql`SELECT "p"."user_id", "p"."time" AS "at" FROM ${selected.from} WHERE ${selected.where} ORDER BY 2`,
    signal,
  );
  const byUser = Map.groupBy(rows, (row) => row.user_id);
  return new Map([...byUser].map(([user, own]) => [user, own.map(({ at }) => at)]));
}
