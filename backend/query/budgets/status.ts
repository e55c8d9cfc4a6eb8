import { periodText } from '../../budgets/alert-budget.ts';
import { type BudgetUse, budgetStatus } from '../../budgets/budget.ts';
import type { Notice } from '../../contract.ts';
import { flag, number, seconds, share, text, time } from '../column.ts';
import type { Answer } from '../frame.ts';
import { begunBeforeHarvest, exhaustedBeforeHarvest } from '../plans.ts';
import type { Question } from '../question.ts';
import { cut } from '../rows.ts';
import { listed } from '../selection.ts';
import type { Spending } from './spending.ts';

const STATUS = [
  text('budget', 'Budget'),
  text('team', 'Team'),
  text('unit', 'Unit'),
  text('period', 'Period'),
  text('state', 'State', { description: 'within, exhausted or overspent; empty where use is not known.' }),
  number('allowed', 'Allowed'),
  number('used', 'Used'),
  share('remaining', 'Remaining', { description: 'Share of the budget left; below 0 when overspent.' }),
  flag('exhausted', 'Exhausted'),
  flag('overspent', 'Overspent'),
  time('exhausted_since', 'Exhausted since'),
  number('burn_1d', 'Burn 1 d', {
    unit: 'none',
    description: 'Use over the last day against an even pace: 1 is on pace.',
  }),
  number('burn_3d', 'Burn 3 d', {
    unit: 'none',
    description: 'Use over the last 3 days against an even pace.',
  }),
  number('burn_7d', 'Burn 7 d', {
    unit: 'none',
    description: 'Use over the last 7 days against an even pace.',
  }),
  seconds('time_to_exhaustion', 'Lasts', { description: 'At the faster of the 3 and 7 day burn rates.' }),
];

type Status = ReturnType<typeof budgetStatus>;

function stateOf({ exhausted, overspent }: Status): string {
  return overspent ? 'overspent' : exhausted ? 'exhausted' : 'within';
}

function reachOf({ budget, harvestedFrom }: BudgetUse, { start, exhausted_since }: Status): Notice[] {
  const begun = begunBeforeHarvest(budget.name, start, harvestedFrom);
  if (begun.length > 0 || exhausted_since === null || budget.period.kind !== 'rolling') return begun;
  return exhaustedBeforeHarvest(budget.name, exhausted_since, budget.period.length, harvestedFrom);
}

/** One row for each budget: what it allows, what is used and how fast. */
export function statusAnswer(spendings: readonly Spending[], { limit }: Question): Answer {
  const { kept, notices } = cut(spendings, limit, 'budgets');
  const statuses = kept.map(({ budget, selected, use }) => ({
    budget,
    selected,
    use,
    status: use ? budgetStatus(use) : null,
  }));
  const rows = statuses.map(({ budget, selected, status }) => {
    const {
      start: _,
      end: __,
      reasons: ___,
      ...cells
    } = status ?? { start: 0, end: 0, reasons: {}, allowed: budget.allowed };
    return {
      budget: budget.name,
      team: listed(selected, 'team', 'name'),
      unit: budget.unit,
      period: periodText(budget.period),
      state: status ? stateOf(status) : null,
      ...cells,
    };
  });
  const reasons = statuses.flatMap(({ budget, status }) =>
    Object.entries(status?.reasons ?? {}).map(
      ([column, reason]): Notice => ({
        severity: 'info',
        text: `${budget.name}: ${column} is unknown: ${reason}.`,
      }),
    ),
  );
  const partial = statuses.flatMap(({ use, status }) => (use && status ? reachOf(use, status) : []));
  return { kind: 'table', columns: STATUS, rows, notices: [...notices, ...partial, ...reasons] };
}
