import { bucketStart, nextBucketStart } from './buckets.ts';
import { contactDimensions, incidentDimensions } from './dimensions.ts';
import { durationOf } from './duration.ts';
import type { Facts } from './facts.ts';
import type { Incident } from './incidents.ts';
import { isSleepInterruption } from './metrics.ts';
import type { Page } from './pages.ts';
import type { Named } from './people.ts';

/** What an alert budget may be spent in. */
export type BudgetUnit = 'paged_incidents' | 'pages' | 'interruptions' | 'sleep_interruptions' | 'incidents';

/** The period of an alert budget. */
export type BudgetPeriod =
  | { rolling: string }
  | { calendar: 'week' | 'month' | 'quarter'; timeZone?: string }
  | { shift: string };

/** The parsed document of an alert budget. */
export interface AlertBudget {
  metadata: { name: string };
  spec: {
    allowed: number;
    unit?: BudgetUnit;
    period?: BudgetPeriod;
    select?: Record<string, string[]>;
  };
}

/** A period: how long it is and, as of an instant, where it begins; epoch ms. */
export interface Period {
  start: number;
  length: number;
}

/** The unit of a budget, paged incidents where the document names none. */
export function unitOf({ spec }: AlertBudget): BudgetUnit {
  return spec.unit ?? 'paged_incidents';
}

/** The period of a budget, 28 rolling days where the document names none. */
export function budgetPeriodOf({ spec }: AlertBudget): BudgetPeriod {
  return spec.period ?? { rolling: '28d' };
}

/** Tells whether a title marks an incident that Pagebudget itself raised, which spends no budget. */
export function isOwnAlert(title: string | undefined): boolean {
  return title?.includes('[pagebudget]') ?? false;
}

/** Tells whether a selection keeps what has these values. */
export function selects(select: Record<string, string[]>, valuesOf: (kind: string) => Named[]): boolean {
  return Object.entries(select).every(([kind, wanted]) =>
    valuesOf(kind).some(({ id, name }) => wanted.includes(id) || wanted.includes(name)),
  );
}

function incidentTimes(facts: Facts, budget: AlertBudget): number[] {
  const pages = Map.groupBy(facts.pages, (page) => page.incidentId);
  const values = (incident: Incident, kind: string) =>
    kind === 'schedule'
      ? (pages.get(incident.id) ?? []).flatMap(({ schedules }) => schedules)
      : (incidentDimensions[kind]?.(incident) ?? []);
  return facts.incidents
    .filter((incident) => unitOf(budget) === 'incidents' || pages.has(incident.id))
    .filter((incident) => !isOwnAlert(incident.title))
    .filter((incident) => selects(budget.spec.select ?? {}, (kind) => values(incident, kind)))
    .map((incident) => incident.createdAt);
}

/** Which pages are a unit, of the units that are pages. */
export const pageUnits: Partial<Record<BudgetUnit, (page: Page) => boolean>> = {
  pages: () => true,
  interruptions: (page) => page.interruption,
  sleep_interruptions: isSleepInterruption,
};

const knownTimes = new WeakMap<Facts, Map<AlertBudget, number[]>>();

/** The instants of all units that a budget's selection spent since the harvest's beginning, in order; incidents from before it are known only where something of them came later. */
export function unitTimes(facts: Facts, budget: AlertBudget): number[] {
  const known = knownTimes.get(facts) ?? new Map<AlertBudget, number[]>();
  knownTimes.set(facts, known);
  const times = known.get(budget) ?? timesOf(facts, budget);
  known.set(budget, times);
  return times;
}

function timesOf(facts: Facts, budget: AlertBudget): number[] {
  const isUnit = pageUnits[unitOf(budget)];
  const times = isUnit
    ? facts.pages
        .filter((page) => isUnit(page) && !isOwnAlert(page.incident?.title))
        .filter((page) => selects(budget.spec.select ?? {}, (kind) => contactDimensions[kind]?.(page) ?? []))
        .map((page) => page.time)
    : incidentTimes(facts, budget);
  return times.filter((time) => time >= facts.since).sort((a, b) => a - b);
}

/** The period of a budget as of an instant: for a calendar period the one that holds the last instant before it. */
export function periodAt(budget: AlertBudget, asOf: number, accountZone: string): Period {
  const period = budgetPeriodOf(budget);
  if ('rolling' in period) {
    const length = durationOf(period.rolling);
    return { start: asOf - length, length };
  }
  if ('shift' in period)
    throw new Error(`The shift budget ${budget.metadata.name} has no period of its own.`);
  const zone = period.timeZone ?? accountZone;
  const start = bucketStart(asOf - 1, period.calendar, zone);
  return { start, length: nextBucketStart(start, period.calendar, zone) - start };
}
