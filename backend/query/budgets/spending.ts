import { type AlertBudget, isSteady, type SteadyPeriod } from '../../budgets/alert-budget.ts';
import { type BudgetUse, beginsWithFirstUnit, periodOf } from '../../budgets/budget.ts';
import { zoneOf } from '../../calendar/zone.ts';
import { DAY } from '../../clock.ts';
import type { Notice } from '../../contract.ts';
import type { QueryContext } from '../context.ts';
import type { Matcher } from '../filter.ts';
import type { Question } from '../question.ts';
import { passes, type Selected, selectedBy } from '../selection.ts';
import { unitsOf, weekOf } from '../units.ts';

/** A budget with what was used of it. */
export interface Spending {
  budget: AlertBudget<SteadyPeriod>;
  selected: Selected;
  /** Null where the selection cannot be looked up or nothing is harvested yet. */
  use: BudgetUse | null;
}

/** From when on a view needs to know the units of a budget, as of an instant in its period; and whether it asks when exhaustion began, which may be any time before. */
export interface Reach {
  from(use: { start: number; at: number }, question: Question): number;
  exhaustion: boolean;
}

/** Units are read so much further back at a time while the present exhaustion began with the first that is known. */
const FURTHER = 28 * DAY;

async function spendingOf(
  budget: AlertBudget<SteadyPeriod>,
  reach: Reach,
  question: Question,
  context: QueryContext,
): Promise<Spending> {
  const selected = await selectedBy(`Budget ${budget.name}`, budget.select, context);
  const { from, until } = context.coverage;
  const at = Math.min(question.to, until ?? question.to);
  if ('fault' in selected || from === null || until === null || at <= from)
    return { budget, selected, use: null };
  const accountZone = zoneOf(context.settings.timeZone ?? 'UTC');
  const between = (first: number, to: number) =>
    unitsOf(budget.unit, selected.matchers, { from: first, to, zone: question.zone }, context);
  const { start } = periodOf(budget.period, at, accountZone);
  let first = Math.max(from, weekOf(reach.from({ start, at }, question)));
  let use: BudgetUse = { budget, units: await between(first, at), at, harvestedFrom: from, accountZone };
  while (reach.exhaustion && first > from && beginsWithFirstUnit(use)) {
    const earlier = Math.max(from, first - FURTHER);
    use = { ...use, units: [...(await between(earlier, first)), ...use.units] };
    first = earlier;
  }
  return { budget, selected, use };
}

/** What the budgets with a status used that pass the filters; a notice names the budgets by shift, which have none. */
export async function spendingsOf(
  budgets: readonly AlertBudget[],
  filters: readonly Matcher[],
  reach: Reach,
  question: Question,
  context: QueryContext,
): Promise<{ spendings: Spending[]; notices: Notice[] }> {
  const steady = budgets.filter(isSteady);
  const all = await Promise.all(steady.map((one) => spendingOf(one, reach, question, context)));
  const spendings = all.filter(({ selected }) => passes(selected, filters));
  const left = budgets.filter((one) => !isSteady(one)).map((one) => one.name);
  const notices = [
    ...leftOut('they are counted by shift', left),
    ...spendings.flatMap(({ selected }) => ('fault' in selected ? [selected.fault] : [])),
  ];
  return { spendings, notices };
}

/** Names the budgets that a view cannot show. */
export function leftOut(reason: string, names: readonly string[]): Notice[] {
  if (names.length === 0) return [];
  return [{ severity: 'info', text: `Left out, as ${reason}: ${names.join(', ')}.` }];
}
