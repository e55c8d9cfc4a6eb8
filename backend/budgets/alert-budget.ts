import { z } from 'zod';
import { CALENDAR_PERIODS, type CalendarPeriod } from '../calendar/periods.ts';
import { DAY } from '../clock.ts';
import { isZone } from '../config.ts';
import { duration, fields, list, oneOf, text } from './document.ts';
import { durationText } from './duration.ts';

/** What a budget can count; paged_incidents where a file names none. */
export const BUDGET_UNITS = [
  'paged_incidents',
  'pages',
  'interruptions',
  'sleep_interruptions',
  'incidents',
] as const;

/** What one budget counts. */
export type BudgetUnit = (typeof BUDGET_UNITS)[number];

/** What a budget is spent by: all kinds given must match, any value of each; values are names or ids. */
export interface Selection {
  team?: string[] | undefined;
  service?: string[] | undefined;
  escalation_policy?: string[] | undefined;
  schedule?: string[] | undefined;
  urgency?: ('high' | 'low')[] | undefined;
  category?: string[] | undefined;
}

/** A period that a budget's status can be told for; lengths in milliseconds, a null zone is the account's. */
export type SteadyPeriod =
  | { kind: 'rolling'; length: number }
  | { kind: 'calendar'; calendar: CalendarPeriod; timeZone: string | null };

/** The time over which a budget is counted; a shift is cut every `length` from its start. */
export type Period = SteadyPeriod | { kind: 'shift'; length: number };

/** How many units a selection may use per period. */
export interface AlertBudget<P extends Period = Period> {
  name: string;
  allowed: number;
  unit: BudgetUnit;
  period: P;
  select: Selection;
  /** What follows from breaking it, in the file's words. */
  consequence: string | null;
}

const DEFAULT_LENGTH = 28 * DAY;
/** Google's cap of incidents per shift (Site Reliability Engineering, chapter 11, https://sre.google/sre-book/being-on-call/). */
const SHIFT_ALLOWED = 2;

const names = (thing: string) => {
  const right = `must be the name or id of a ${thing}, or a list of them`;
  return list(text(right), right).optional();
};

const select = fields({
  team: names('team'),
  service: names('service'),
  escalation_policy: names('escalation policy'),
  schedule: names('schedule'),
  urgency: list(oneOf(['high', 'low']), 'must be high, low or a list of them').optional(),
  category: names('category'),
});

const zoneRule = { error: 'must be an IANA time zone such as Europe/Berlin' };

const period = fields({
  rolling: duration('28d').optional(),
  calendar: oneOf(CALENDAR_PERIODS).optional(),
  shift: duration('12h').optional(),
  timeZone: z.string(zoneRule).refine(isZone, zoneRule).optional(),
})
  .refine(({ rolling, calendar, shift }) => [rolling, calendar, shift].filter(isGiven).length === 1, {
    error: 'must hold exactly one of rolling, calendar and shift, such as {rolling: 28d}',
  })
  .refine(({ calendar, timeZone }) => calendar !== undefined || timeZone === undefined, {
    error: 'must not hold timeZone without calendar: only calendar periods follow a zone',
  })
  .transform(({ rolling, calendar, shift, timeZone }): Period => {
    if (calendar) return { kind: 'calendar', calendar, timeZone: timeZone ?? null };
    if (shift) return { kind: 'shift', length: shift };
    return { kind: 'rolling', length: rolling ?? DEFAULT_LENGTH };
  });

const wholeRule = { error: 'must be a whole number of 0 or more, such as 56' };

/** The AlertBudget document of this project's own format. */
export const alertBudgetDocument = fields({
  apiVersion: z.literal('pagebudget/v1', { error: 'must be pagebudget/v1' }),
  kind: z.literal('AlertBudget'),
  metadata: fields({ name: text('must be the name of the budget') }),
  spec: fields({
    allowed: z.int(wholeRule).min(0, wholeRule).optional(),
    unit: oneOf(BUDGET_UNITS).default('paged_incidents'),
    period: period.default({ kind: 'rolling', length: DEFAULT_LENGTH }),
    select: select.default({}),
    consequence: text('must be a text that says what follows').optional(),
  })
    .refine((spec) => spec.allowed !== undefined || spec.period.kind === 'shift', {
      path: ['allowed'],
      error: wholeRule.error,
    })
    .refine((spec) => spec.unit !== 'incidents' || spec.period.kind !== 'shift', {
      path: ['unit'],
      error: 'must be a unit that reaches a person, such as paged_incidents, where the period is a shift',
    }),
}).transform(
  ({ metadata, spec }): AlertBudget => ({
    name: metadata.name,
    allowed: spec.allowed ?? SHIFT_ALLOWED,
    unit: spec.unit,
    period: spec.period,
    select: spec.select,
    consequence: spec.consequence ?? null,
  }),
);

/** True for a budget with a status; one per shift has none. */
export function isSteady(budget: AlertBudget): budget is AlertBudget<SteadyPeriod> {
  return budget.period.kind !== 'shift';
}

/** A period in words: `28d rolling`, `month`, `12h shift`. */
export function periodText(of: Period): string {
  return of.kind === 'calendar' ? of.calendar : `${durationText(of.length)} ${of.kind}`;
}

function isGiven(part: unknown): boolean {
  return part !== undefined;
}
