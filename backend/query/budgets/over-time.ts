import { type BudgetUse, burnDown, burnRates, periodOf } from '../../budgets/budget.ts';
import { bucketsOf, unitFor } from '../../calendar/buckets.ts';
import { DAY } from '../../clock.ts';
import type { Notice } from '../../contract.ts';
import { type Column, number, time } from '../column.ts';
import { iso } from '../coverage.ts';
import type { Answer, TableAnswer } from '../frame.ts';
import { instantsIn } from '../instants.ts';
import type { Question } from '../question.ts';
import type { Spending } from './spending.ts';

const BURN_DOWN = [
  time('time', 'Time'),
  number('used', 'Used'),
  number('ideal', 'Even pace'),
  number('allowed', 'Allowed'),
];

const BURN_RATE = [
  time('time', 'Time'),
  ...[1, 3, 7].map((days) =>
    number(`burn_${days}d`, `Burn over ${days === 1 ? '1 day' : `${days} days`}`, {
      unit: 'none',
      description: `Use over the ${days === 1 ? 'day' : `${days} days`} before against an even pace: 1 is on pace.`,
    }),
  ),
];

/** What is used of each budget over its period, beside an even pace. */
export function burnDownAnswer(spendings: readonly Spending[], question: Question): Answer {
  return overTime(spendings, BURN_DOWN, (use) => burnDown(use, instantsOf(use, question)));
}

/** How fast each budget burned at each instant of the range. */
export function burnRateAnswer(spendings: readonly Spending[], question: Question): Answer {
  const rates = (use: BudgetUse) => burnRates(use, instantsIn(question, use.at));
  const answer = overTime(spendings, BURN_RATE, rates);
  return { ...answer, notices: unknownRates(spendings, question) };
}

function overTime(
  spendings: readonly Spending[],
  columns: readonly Column[],
  points: (use: BudgetUse) => readonly object[],
): Answer {
  const tables = spendings.flatMap(({ budget, use }) => {
    if (!use) return [];
    const rows = points(use).map((point): TableAnswer['rows'][number] => ({ ...point }));
    return [{ name: budget.name, labels: { budget: budget.name }, rows }];
  });
  return { kind: 'tables', columns, tables };
}

/** Begin and end of the budget's period and the starts of buckets between, as many as the panel has room for. */
function instantsOf({ budget, at, accountZone }: BudgetUse, question: Question): number[] {
  const { start, end } = periodOf(budget.period, at, accountZone);
  const unit = unitFor(question.intervalMs, question.maxDataPoints, start, end, question.zone);
  const inside = bucketsOf(question.zone, unit, start, end).map((bucket) => bucket.start);
  return [...new Set([start, ...inside.filter((instant) => instant > start), at, end])].sort((a, b) => a - b);
}

/** Why burn rates are null: nothing is allowed, or the harvest began too late. */
function unknownRates(spendings: readonly Spending[], { from }: Question): Notice[] {
  return spendings.flatMap(({ budget, use }): Notice[] => {
    if (!use) return [];
    const unknown = (reason: string): Notice => ({
      severity: 'info',
      text: `${budget.name}: burn rates are unknown ${reason}.`,
    });
    if (budget.allowed === 0) return [unknown('as the budget allows nothing')];
    if (use.harvestedFrom <= from - 7 * DAY) return [];
    return [
      unknown(`where the harvest, from ${iso(use.harvestedFrom)} on, began inside their 1, 3 or 7 days`),
    ];
  });
}
