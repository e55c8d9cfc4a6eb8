import { type BudgetUse, burnDown, burnRates, periodOf } from '../../budgets/budget.ts';
import { DAY } from '../../clock.ts';
import type { Notice } from '../../contract.ts';
import { type Column, number, time } from '../column.ts';
import { iso } from '../coverage.ts';
import type { Answer, TableAnswer } from '../frame.ts';
import { drawnOverTime, instantsIn, startsIn } from '../instants.ts';
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
  return overTime(spendings, question, {
    columns: BURN_DOWN,
    instantsOf: (use) => instantsOf(use, question),
    points: burnDown,
    noticesOf: () => [],
  });
}

/** How fast each budget burned at each instant of the range. */
export function burnRateAnswer(spendings: readonly Spending[], question: Question): Answer {
  return overTime(spendings, question, {
    columns: BURN_RATE,
    instantsOf: (use) => instantsIn(question, use.at),
    points: burnRates,
    noticesOf: (use) => unknownRates(use, question),
  });
}

/** What is told over time of each budget. */
interface Told {
  columns: readonly Column[];
  instantsOf(use: BudgetUse): readonly number[];
  points(use: BudgetUse, instants: readonly number[]): readonly object[];
  noticesOf(use: BudgetUse): Notice[];
}

function overTime(
  spendings: readonly Spending[],
  { limit }: Question,
  { columns, instantsOf, points, noticesOf }: Told,
): Answer {
  const known = spendings.flatMap(({ use }) => use ?? []);
  const drawing = { lines: columns.length - 1, limit, what: 'budgets' };
  const { drawn, notices } = drawnOverTime(known, instantsOf, drawing);
  const tables = drawn.map(({ thing: use, instants }) => {
    const { name } = use.budget;
    const rows = points(use, instants).map((point): TableAnswer['rows'][number] => ({ ...point }));
    return { name, labels: { budget: name }, rows };
  });
  return {
    kind: 'tables',
    columns,
    tables,
    notices: [...notices, ...drawn.flatMap(({ thing }) => noticesOf(thing))],
  };
}

/** Begin and end of the budget's period and the starts of buckets between, as many as the panel has room for. */
function instantsOf({ budget, at, accountZone }: BudgetUse, question: Question): number[] {
  const { start, end } = periodOf(budget.period, at, accountZone);
  const inside = startsIn(question, start, end).filter((instant) => instant > start);
  return [...new Set([start, ...inside, at, end])].sort((a, b) => a - b);
}

/** Why burn rates are null: nothing is allowed, or the harvest began too late. */
function unknownRates({ budget, harvestedFrom }: BudgetUse, { from }: Question): Notice[] {
  const unknown = (reason: string): Notice => ({
    severity: 'info',
    text: `${budget.name}: burn rates are unknown ${reason}.`,
  });
  if (budget.allowed === 0) return [unknown('as the budget allows nothing')];
  if (harvestedFrom <= from - 7 * DAY) return [];
  return [unknown(`where the harvest, from ${iso(harvestedFrom)} on, began inside their 1, 3 or 7 days`)];
}
