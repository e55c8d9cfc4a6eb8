import type { AlertBudget, Period } from '../../budgets/alert-budget.ts';
import { type Slice, slicesOf } from '../../budgets/shift-slices.ts';
import type { Notice } from '../../contract.ts';
import { compareText } from '../../model/facts/entries.ts';
import { flag, number, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { onCallNotices } from '../coverage.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { type Matcher, namesOf } from '../filter.ts';
import type { Answer, TableAnswer } from '../frame.ts';
import { levelOneTurns } from '../on-call.ts';
import type { Question } from '../question.ts';
import { passes, selectedBy } from '../selection.ts';
import { unitsByPerson } from '../units.ts';
import { leftOut } from './spending.ts';

const COLUMNS = [
  ...thing('user', 'Person', { personal: true }),
  ...thing('schedule', 'Schedule'),
  time('start', 'Start'),
  time('end', 'End'),
  number('used', 'Used', { description: 'Units that went to the person in the shift.' }),
  number('allowed', 'Allowed'),
  flag('over', 'Over', { description: 'More was used than the shift allows.' }),
];

type ShiftBudget = AlertBudget<Extract<Period, { kind: 'shift' }>>;

const isByShift = (budget: AlertBudget): budget is ShiftBudget => budget.period.kind === 'shift';

/** The shifts that begin in the range of each budget by shift, with what went to the person in each; a notice names the other budgets. */
export async function shiftsAnswer(
  budgets: readonly AlertBudget[],
  filters: readonly Matcher[],
  question: Question,
  context: QueryContext,
): Promise<Answer> {
  const shifts = await Promise.all(
    budgets.filter(isByShift).map((budget) => shiftsOf(budget, question, context)),
  );
  const shown = shifts.filter(({ selected }) => passes(selected, filters));
  const steady = budgets.filter((budget) => !isByShift(budget)).map(({ name }) => name);
  const notices: Notice[] = [
    ...leftOut('they are not counted by shift', steady),
    ...shown.flatMap(({ selected }) => ('fault' in selected ? [selected.fault] : [])),
    ...onCallNotices('the list of shifts', context.coverage, question.from),
  ];
  const tables = shown.map(({ budget, rows }) => ({
    name: budget.name,
    labels: { budget: budget.name },
    rows,
  }));
  return { kind: 'tables', columns: COLUMNS, tables, notices };
}

async function shiftsOf(budget: ShiftBudget, question: Question, context: QueryContext) {
  const selected = await selectedBy(`Budget ${budget.name}`, budget.select, context);
  const { from, until } = context.coverage;
  const { unit } = budget;
  if ('fault' in selected || from === null || until === null || unit === 'incidents')
    return { budget, selected, rows: [] };
  const { length } = budget.period;
  const used = { from: question.from, to: question.to + length, zone: question.zone };
  const [turns, units] = await Promise.all([
    levelOneTurns(question, context, selected.matchers),
    unitsByPerson(unit, selected.matchers, used, context),
  ]);
  const use = {
    allowed: budget.allowed,
    length,
    unitsOf: (user: string) => units.get(user) ?? [],
    known: { from, until },
  };
  const slices = slicesOf(turns, use, question.from, question.to).sort(inOrder);
  return { budget, selected, rows: await named(slices, context) };
}

function inOrder(a: Slice, b: Slice): number {
  const key = ({ schedule_id, user_id }: Slice) => `${schedule_id} ${user_id}`;
  return a.start - b.start || compareText(key(a), key(b));
}

async function named(
  slices: readonly Slice[],
  { reader, signal }: QueryContext,
): Promise<TableAnswer['rows']> {
  const [users, schedules] = await Promise.all([
    namesOf(
      reader,
      DIMENSIONS.user,
      slices.map(({ user_id }) => user_id),
      signal,
    ),
    namesOf(
      reader,
      DIMENSIONS.schedule,
      slices.map(({ schedule_id }) => schedule_id),
      signal,
    ),
  ]);
  return slices.map((slice) => ({
    ...slice,
    user: users.get(slice.user_id) ?? slice.user_id,
    schedule: schedules.get(slice.schedule_id) ?? slice.schedule_id,
  }));
}
