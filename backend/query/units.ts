import type { BudgetUnit } from '../budgets/alert-budget.ts';
import { all, type Statement, sql } from '../sql/statement.ts';
import type { QueryContext } from './context.ts';
import type { Matcher } from './filter.ts';
import { incidentMetrics } from './metrics/incidents.ts';
import type { RowMetric } from './metrics/metric.ts';
import { peopleMetrics } from './metrics/people.ts';
import type { Question } from './question.ts';
import { select } from './select.ts';
import { NOT_OWN, pagedOnSchedule } from './selection.ts';

const { incidents, paged_incidents } = incidentMetrics;
const { pages, interruptions, sleep_interruptions } = peopleMetrics;

const UNITS: Readonly<Record<BudgetUnit, RowMetric>> = {
  incidents,
  paged_incidents,
  pages,
  interruptions,
  sleep_interruptions,
};

/** The instants, ascending, at which a selection spent a unit, over all stored history before `until`. */
export async function unitsOf(
  unit: BudgetUnit,
  matchers: readonly Matcher[],
  until: number,
  question: Question,
  context: QueryContext,
): Promise<number[]> {
  const metric = UNITS[unit];
  const isSchedule = (matcher: Matcher) => metric.family === 'incident' && matcher.dimension === 'schedule';
  const conditions: Statement[] = [
    NOT_OWN,
    ...(metric.where ? [metric.where] : []),
    pagedOnSchedule(matchers.filter(isSchedule)),
  ];
  const selected = select(
    {
      family: metric.family,
      instant: metric.instant,
      from: Math.min(context.coverage.from ?? 0, until),
      to: until,
      zone: question.zone,
      hours: context.hours,
      matchers: matchers.filter((matcher) => !isSchedule(matcher)),
      where: all(conditions),
    },
    [],
  );
  const rows = await context.reader.read(
    sql`SELECT ${metric.instant} AS "at" FROM ${selected.from} WHERE ${selected.where} ORDER BY 1`,
    context.signal,
  );
  return rows.map((row) => Number(row.at));
}

/** The first page of an incident to a person. */
const FIRST_PAGE = sql`NOT EXISTS (SELECT 1 FROM "page" AS "x" WHERE "x"."incident_id" = "p"."incident_id" AND "x"."user_id" = "p"."user_id" AND "x"."time" < "p"."time")`;

const UNITS_OF_PEOPLE: Readonly<Record<Exclude<BudgetUnit, 'incidents'>, Statement>> = {
  paged_incidents: FIRST_PAGE,
  pages: sql`TRUE`,
  interruptions: interruptions.where ?? sql`TRUE`,
  sleep_interruptions: sleep_interruptions.where ?? sql`TRUE`,
};

/** The instants in [from, to), ascending, at which a unit of a selection went to each person; a paged incident counts at the first page to that person. */
export async function unitsByPerson(
  unit: Exclude<BudgetUnit, 'incidents'>,
  matchers: readonly Matcher[],
  { from, to, zone }: Pick<Question, 'from' | 'to' | 'zone'>,
  { reader, hours, signal }: QueryContext,
): Promise<Map<string, number[]>> {
  const { family, instant } = pages;
  const where = all([NOT_OWN, UNITS_OF_PEOPLE[unit]]);
  const selected = select({ family, instant, from, to, zone, hours, matchers, where }, []);
  const rows = await reader.read<{ user_id: string; at: number }>(
    sql`SELECT "p"."user_id", "p"."time" AS "at" FROM ${selected.from} WHERE ${selected.where} ORDER BY 2`,
    signal,
  );
  const byUser = Map.groupBy(rows, (row) => row.user_id);
  return new Map([...byUser].map(([user, own]) => [user, own.map(({ at }) => at)]));
}
