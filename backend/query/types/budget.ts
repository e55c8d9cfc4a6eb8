import type { AlertBudget } from '../../budgets/alert-budget.ts';
import { DAY } from '../../clock.ts';
import { burnDownAnswer, burnRateAnswer } from '../budgets/over-time.ts';
import { shiftsAnswer } from '../budgets/shifts.ts';
import { type Reach, type Spending, spendingsOf } from '../budgets/spending.ts';
import { statusAnswer } from '../budgets/status.ts';
import type { QueryContext } from '../context.ts';
import { type Matcher, resolveFilters } from '../filter.ts';
import type { Answer } from '../frame.ts';
import { chosenPlans, faultNotices } from '../plans.ts';
import { choose, type Question } from '../question.ts';
import { FIELDS, nameField, viewField } from './fields.ts';
import type { QueryType } from './type.ts';

type View = (
  budgets: readonly AlertBudget[],
  filters: readonly Matcher[],
  question: Question,
  context: QueryContext,
) => Promise<Answer>;

/** The longest time over which a burn rate is told. */
const LONGEST_BURN = 7 * DAY;

const VIEWS = {
  status: ofSpendings(statusAnswer, {
    from: ({ start, at }) => Math.min(start, at - LONGEST_BURN),
    exhaustion: true,
  }),
  burn_down: ofSpendings(burnDownAnswer, { from: ({ start }) => start, exhaustion: false }),
  burn_rate: ofSpendings(burnRateAnswer, {
    from: ({ at }, { from }) => Math.min(from, at) - LONGEST_BURN,
    exhaustion: false,
  }),
  shifts: shiftsAnswer,
} as const satisfies Record<string, View>;

function ofSpendings(
  answer: (spendings: readonly Spending[], question: Question) => Answer,
  reach: Reach,
): View {
  return async (budgets, filters, question, context) => {
    const { spendings, notices } = await spendingsOf(budgets, filters, reach, question, context);
    const answered = answer(spendings, question);
    return { ...answered, notices: [...notices, ...(answered.notices ?? [])] };
  };
}

/** How much of each alert budget is used and how fast it burns. */
export const budget: QueryType = {
  title: 'Alert budgets',
  description: 'What each alert budget allows, what is used of it, and how fast it burns.',
  fields: [
    viewField([
      { value: 'status', label: 'Status', description: 'One row for each budget' },
      { value: 'burn_down', label: 'Burn-down', description: 'Use over the period beside an even pace' },
      { value: 'burn_rate', label: 'Burn rate', description: 'Pace over the range: 1 is even' },
      { value: 'shifts', label: 'Shifts', description: 'Of budgets by shift: what each shift used' },
    ]),
    nameField('Budget'),
    FIELDS.filters,
    FIELDS.limit,
  ],
  example: { view: 'status' },
  async answer(question, context): Promise<Answer> {
    const view = choose('view', question.view, ['status', 'burn_down', 'burn_rate', 'shifts']);
    const filters = await resolveFilters(context.reader, question.filters, context.signal);
    const { plans, faults } = chosenPlans('budget', context.plans(), question.name);
    const answer = await VIEWS[view](plans, filters, question, context);
    return { ...answer, notices: [...faultNotices(faults), ...(answer.notices ?? [])] };
  },
};
