import { type AlertBudget, isSteady, periodText, type SteadyPeriod } from '../../budgets/alert-budget.ts';
import { type BudgetUse, budgetStatus, burnDown, periodOf } from '../../budgets/budget.ts';
import { bucketsOf, unitFor } from '../../calendar/buckets.ts';
import { zoneOf } from '../../calendar/zone.ts';
import type { Notice } from '../../contract.ts';
import { flag, number, seconds, share, text, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { type Matcher, resolveFilters } from '../filter.ts';
import type { Answer } from '../frame.ts';
import { begunBeforeHarvest, chosenPlans, faultNotices } from '../plans.ts';
import { choose, type Question } from '../question.ts';
import { listed, passes, type Selected, selectedBy } from '../selection.ts';
import { unitsOf } from '../units.ts';
import { FIELDS, nameField, viewField } from './fields.ts';
import type { QueryType } from './type.ts';

const STATUS = [
  text('budget', 'Budget'),
  text('team', 'Team'),
  text('unit', 'Unit'),
  text('period', 'Period'),
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

const BURN_DOWN = [
  time('time', 'Time'),
  number('used', 'Used'),
  number('ideal', 'Even pace'),
  number('allowed', 'Allowed'),
];

const VIEWS = { status: statusAnswer, burn_down: burnDownAnswer } as const;

/** How much of each alert budget is used and how fast it burns. */
export const budget: QueryType = {
  title: 'Alert budgets',
  description: 'What each alert budget allows, what is used of it, and how fast it burns.',
  fields: [
    viewField([
      { value: 'status', label: 'Status', description: 'One row for each budget' },
      { value: 'burn_down', label: 'Burn-down', description: 'Use over time beside an even pace' },
    ]),
    nameField('Budget'),
    FIELDS.filters,
  ],
  example: { view: 'status' },
  async answer(question, context): Promise<Answer> {
    const view = choose('view', question.view, ['status', 'burn_down']);
    const filters = await resolveFilters(context.reader, question.filters, context.signal);
    const { plans, faults } = chosenPlans('budget', context.plans(), question.name);
    const steady = plans.filter(isSteady);
    const all = await Promise.all(steady.map((one) => spendingOf(one, question, context)));
    const left = plans.filter((one) => !isSteady(one)).map((one) => one.name);
    const spendings = all.filter(({ selected }) => passes(selected, filters));
    const notices = [
      ...faultNotices(faults),
      ...leftOut(left),
      ...spendings.flatMap(({ selected }) => ('fault' in selected ? [selected.fault] : [])),
    ];
    return VIEWS[view](spendings, notices, question);
  },
};

interface Spending {
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

function statusAnswer(spendings: Spending[], notices: Notice[]): Answer {
  const statuses = spendings.map(({ budget, selected, use }) => ({
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
  const partial = statuses.flatMap(({ budget, use, status }) =>
    use && status ? begunBeforeHarvest(budget.name, status.start, use.harvestedFrom) : [],
  );
  return { kind: 'table', columns: STATUS, rows, notices: [...notices, ...partial, ...reasons] };
}

function burnDownAnswer(spendings: Spending[], notices: Notice[], question: Question): Answer {
  const tables = spendings.flatMap(({ budget, use }) =>
    use
      ? [
          {
            name: budget.name,
            labels: { budget: budget.name },
            rows: burnDown(use, instantsOf(use, question)).map((point) => ({ ...point })),
          },
        ]
      : [],
  );
  return { kind: 'tables', columns: BURN_DOWN, tables, notices };
}

/** Begin and end of the budget's period and the starts of buckets between, as many as the panel has room for. */
function instantsOf({ budget, at, accountZone }: BudgetUse, question: Question): number[] {
  const { start, end } = periodOf(budget.period, at, accountZone);
  const unit = unitFor(question.intervalMs, question.maxDataPoints, start, end, question.zone);
  const inside = bucketsOf(question.zone, unit, start, end).map((bucket) => bucket.start);
  return [...new Set([start, ...inside.filter((instant) => instant > start), at, end])].sort((a, b) => a - b);
}

function leftOut(names: readonly string[]): Notice[] {
  if (names.length === 0) return [];
  return [{ severity: 'info', text: `Left out, as they are counted by shift: ${names.join(', ')}.` }];
}
