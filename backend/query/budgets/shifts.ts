import type { AlertBudget, Period } from '../../budgets/alert-budget.ts';
import { type Slice, type SliceUse, sliceCount, slicesOf, type Turn } from '../../budgets/shift-slices.ts';
import type { Notice } from '../../contract.ts';
import { AppError } from '../../errors.ts';
import { compareText } from '../../model/facts/entries.ts';
import { MOST_POINTS } from '../collect.ts';
import { flag, number, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { onCallNotices } from '../coverage.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { type Matcher, namesOf } from '../filter.ts';
import type { Answer, TableAnswer } from '../frame.ts';
import { levelOneTurns } from '../on-call.ts';
import { bySeen } from '../people/order.ts';
import type { View } from '../people/view.ts';
import type { Question } from '../question.ts';
import { cut } from '../rows.ts';
import { passes, type Selected, selectedBy } from '../selection.ts';
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
  const turns = await Promise.all(
    budgets.filter(isByShift).map((budget) => turnsOf(budget, question, context)),
  );
  const shown = turns.filter(({ selected }) => passes(selected, filters));
  const { kept, notices: left } = cut(shiftsOf(shown, question, context.view), question.limit, 'shifts');
  const names = await namesIn(kept, context);
  const steady = budgets.filter((budget) => !isByShift(budget)).map(({ name }) => name);
  const notices: Notice[] = [
    ...left,
    ...leftOut('they are not counted by shift', steady),
    ...shown.flatMap(({ selected }) => ('fault' in selected ? [selected.fault] : [])),
    ...onCallNotices('the list of shifts', context.coverage, question.from),
  ];
  const byBudget = Map.groupBy(kept, ({ budget }) => budget);
  const tables = shown.map(({ budget }) => ({
    name: budget.name,
    labels: { budget: budget.name },
    rows: (byBudget.get(budget) ?? []).map((shift) => rowOf(shift, names)),
  }));
  return { kind: 'tables', columns: COLUMNS, tables, notices };
}

/** A budget by shift with the turns that its shifts are cut from, those of people whom the viewer may see. */
interface Turns {
  budget: ShiftBudget;
  selected: Selected;
  turns: readonly Turn[];
  /** Null where the selection cannot be looked up or nothing is harvested yet. */
  use: SliceUse | null;
}

async function turnsOf(budget: ShiftBudget, question: Question, context: QueryContext): Promise<Turns> {
  const selected = await selectedBy(`Budget ${budget.name}`, budget.select, context);
  const { from, until } = context.coverage;
  const { unit } = budget;
  if ('fault' in selected || from === null || until === null || unit === 'incidents')
    return { budget, selected, turns: [], use: null };
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
  const seen = turns.filter(({ user_id }) => context.view.show(user_id, user_id));
  return { budget, selected, turns: seen, use };
}

/** A shift of a budget. */
interface Shift {
  budget: ShiftBudget;
  slice: Slice;
}

/** The shifts of all budgets in order of time; throws AppError `invalid_query` where they would be too many. */
function shiftsOf(all: readonly Turns[], { from, to }: Question, view: View): Shift[] {
  const counts = all.flatMap(({ budget, turns }) =>
    turns.map((turn) => sliceCount(turn, budget.period.length, from, to)),
  );
  const count = counts.reduce((sum, one) => sum + one, 0);
  if (count > MOST_POINTS) {
    throw new AppError(
      'invalid_query',
      `the range holds ${count} shifts, more than ${MOST_POINTS}: choose a shorter range, a filter or one budget by its name`,
    );
  }
  return all
    .flatMap(({ budget, turns, use }) =>
      use ? slicesOf(turns, use, from, to).map((slice) => ({ budget, slice })) : [],
    )
    .sort(inOrder(view));
}

/** By start and schedule, then by the person as the viewer sees them. */
function inOrder(view: View): (a: Shift, b: Shift) => number {
  const byPerson = bySeen(view);
  return ({ slice: a }, { slice: b }) =>
    a.start - b.start || compareText(a.schedule_id, b.schedule_id) || byPerson(a, b);
}

interface Names {
  users: Map<string, string>;
  schedules: Map<string, string>;
}

async function namesIn(shifts: readonly Shift[], { reader, signal }: QueryContext): Promise<Names> {
  const [users, schedules] = await Promise.all([
    namesOf(
      reader,
      DIMENSIONS.user,
      shifts.map(({ slice }) => slice.user_id),
      signal,
    ),
    namesOf(
      reader,
      DIMENSIONS.schedule,
      shifts.map(({ slice }) => slice.schedule_id),
      signal,
    ),
  ]);
  return { users, schedules };
}

const rowOf = ({ slice }: Shift, { users, schedules }: Names): TableAnswer['rows'][number] => ({
  ...slice,
  user: users.get(slice.user_id) ?? slice.user_id,
  schedule: schedules.get(slice.schedule_id) ?? slice.schedule_id,
});
