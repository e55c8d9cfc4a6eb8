import { type AlertBudget, isSteady, type SteadyPeriod } from '../../budgets/alert-budget.ts';
import type { BudgetUse } from '../../budgets/budget.ts';
import { zoneOf } from '../../calendar/zone.ts';
import type { Notice } from '../../contract.ts';
import type { QueryContext } from '../context.ts';
import type { Matcher } from '../filter.ts';
import type { Question } from '../question.ts';
import { passes, type Selected, selectedBy } from '../selection.ts';
import { unitsOf } from '../units.ts';

/** A budget with what was used of it. */
export interface Spending {
  budget: AlertBudget<SteadyPeriod>;
  selected: Selected;
  /** Null where the selection cannot be looked up or nothing is harvested yet. */
  use: BudgetUse | null;
}

async function spendingOf(
  budget: AlertBudget<SteadyPeriod>,
  question: Question,
  context: QueryContext,
): Promise<Spending> {
  const selected = await selectedBy(`Budget ${budget.name}`, budget.select, context);
  const { from, until } = context.coverage;
  const at = Math.min(question.to, until ?? question.to);
  if ('fault' in selected || from === null || until === null || at <= from)
    return { budget, selected, use: null };
  const units = await unitsOf(budget.unit, selected.matchers satisfies Matcher[], at, question, context);
  return {
    budget,
    selected,
    use: { budget, units, at, harvestedFrom: from, accountZone: zoneOf(context.settings.timeZone ?? 'UTC') },
  };
}

/** What the budgets with a status used that pass the filters; a notice names the budgets by shift, which have none. */
export async function spendingsOf(
  budgets: readonly AlertBudget[],
  filters: readonly Matcher[],
  question: Question,
  context: QueryContext,
): Promise<{ spendings: Spending[]; notices: Notice[] }> {
  const steady = budgets.filter(isSteady);
  const all = await Promise.all(steady.map((one) => spendingOf(one, question, context)));
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
