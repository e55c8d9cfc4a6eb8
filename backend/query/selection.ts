import type { Filter, Notice } from '../contract.ts';
import { codeOf, messageOf } from '../errors.ts';
import { all, instant, isIn, type Statement, sql, textOf } from '../sql/statement.ts';
import type { QueryContext } from './context.ts';
import { DIMENSIONS, type DimensionName, type Known, pageSchedules } from './dimensions.ts';
import { EARLIEST_PAGE, FAMILIES, type Family, kindOf } from './families.ts';
import { knownAmong, type Matcher, resolveFilters } from './filter.ts';
import type { RowMetric } from './metrics/metric.ts';

/** What a budget or SLO file selects, with its names looked up; or why that cannot be done. */
export type Selected =
  | { matchers: Matcher[]; things: Partial<Record<DimensionName, Known[]>> }
  | { fault: Notice };

/** A file's selection as the filters that a question would have. */
export function filtersOf(select: Partial<Record<DimensionName, string[] | undefined>>) {
  return Object.entries(select).flatMap(([dimension, values]) =>
    values ? [{ dimension: dimension as DimensionName, op: '=', values } satisfies Filter] : [],
  );
}

/** Looks up the names in a file's selection; an unknown one is told in a notice, as the other files still count. */
export async function selectedBy(
  owner: string,
  select: Partial<Record<DimensionName, string[] | undefined>>,
  context: QueryContext,
): Promise<Selected> {
  const filters = filtersOf(select);
  try {
    const matchers = await resolveFilters(context.reader, filters, context.signal);
    const things = filters.map(
      async ({ dimension, values }) =>
        [dimension, await knownAmong(context.reader, DIMENSIONS[dimension], values, context.signal)] as const,
    );
    return { matchers, things: Object.fromEntries(await Promise.all(things)) };
  } catch (error) {
    if (codeOf(error) !== 'invalid_query') throw error;
    return { fault: { severity: 'error', text: `${owner}: ${messageOf(error)}` } };
  }
}

/** True where a selection passes the question's filters: each asks whether any selected value is among its ids. */
export function passes(selected: Selected, filters: readonly Matcher[]): boolean {
  const matchers = 'fault' in selected ? [] : selected.matchers;
  return filters.every((filter) => {
    const ids = matchers.filter((one) => one.dimension === filter.dimension).flatMap((one) => one.ids);
    return ids.some((id) => filter.ids.includes(id)) !== filter.negated;
  });
}

/** Names (or ids) of selected things, as one text. */
export function listed(selected: Selected, dimension: DimensionName, key: keyof Known): string | null {
  if ('fault' in selected) return null;
  return (selected.things[dimension] ?? []).map((thing) => thing[key]).join(', ');
}

const OF_OWN = sql`SELECT 1 FROM "incident_fact" AS "o" WHERE "o"."incident_id" = "f"."incident_id" AND "o"."own"`;

const NOT_OWN = {
  incident: sql`NOT "f"."own"`,
  step: sql`NOT EXISTS (${OF_OWN})`,
  entry: sql`NOT "f"."own"`,
  people: sql`NOT "p"."own"`,
  notification: sql`NOT "p"."own"`,
  on_call: sql`TRUE`,
} as const satisfies Record<Family, Statement>;

/** Rows that count for budgets and SLIs: all but those of incidents that Pagebudget's own alerts raised. */
export const notOwn = (family: Family): Statement => NOT_OWN[family];

/** What a metric counts: rows of a family, placed in time by an instant. */
type Placed = Pick<RowMetric, 'family' | 'instant'>;

/** Where a budget's selection by schedule keeps incidents, or what befell them, for a page of it. */
export const isOfPages = ({ family }: Placed, { dimension }: Matcher): boolean =>
  kindOf(family) === 'incident' && dimension === 'schedule';

/** Of a metric's rows from `from` on, those whose incident paged somebody on these schedules, whenever that was. */
export function pagedOnSchedule(matchers: readonly Matcher[], placed: Placed, from: number): Statement {
  const schedules = pageSchedules(pagesFor(placed, from));
  return all(
    matchers.map((matcher) => {
      const among = isIn(sql`"m"."value"`, matcher.ids);
      return sql`EXISTS (SELECT 1 FROM "page" AS "p" JOIN ${schedules} AS "m" ON "m"."row" = "p"."id" WHERE "p"."incident_id" = "f"."incident_id" AND ${among})`;
    }),
  );
}

/** Which pages are looked through: an incident has none long before its creation, but is resolved, escalated or reassigned however long after them, so that each has its own looked up. */
function pagesFor({ family, instant: at }: Placed, from: number): Statement {
  const isCreation = family === 'incident' && textOf(at) === textOf(FAMILIES.incident.instants.created_at);
  return isCreation
    ? sql`"x"."time" >= ${instant(from - EARLIEST_PAGE)}`
    : sql`"x"."incident_id" = "f"."incident_id"`;
}
