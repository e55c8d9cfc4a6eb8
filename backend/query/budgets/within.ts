import { isSteady } from '../../budgets/alert-budget.ts';
import { periodOf } from '../../budgets/budget.ts';
import { zoneOf } from '../../calendar/zone.ts';
import type { Notice } from '../../contract.ts';
import { AppError } from '../../errors.ts';
import { all } from '../../sql/statement.ts';
import { time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { iso } from '../coverage.ts';
import { type Matcher, resolveFilters } from '../filter.ts';
import type { Answer } from '../frame.ts';
import { METRICS } from '../metrics/index.ts';
import { belongs, type Metric, type RowMetric } from '../metrics/metric.ts';
import { begunBeforeHarvest, chosenPlans } from '../plans.ts';
import { lookUp, type Question } from '../question.ts';
import { filtersOf, isOfPages, notOwn, pagedOnSchedule } from '../selection.ts';

/** A question about a metric, looked up, with the rows that a budget keeps of it. */
export interface Wanted {
  question: Question;
  metric: Metric;
  /** What a budget selects beside the question's own filters. */
  matchers: readonly Matcher[];
  /** What is counted of the budget's own period, or the range where it has none; null where the question names a metric. */
  period: Period | null;
  notices: Notice[];
}

interface Period {
  from: number;
  to: number;
}

const PERIOD = [
  time('period_from', 'Period from', {
    description: "Where the budget's period begins, or the harvest in it.",
  }),
  time('period_to', 'Period to', { description: 'Up to when the period is counted.' }),
];

/** A table that says in every row which period it counts, so that a link can carry it; a heat map has no such rows. */
export function withPeriod(answer: Answer, period: Period | null): Answer {
  if (answer.kind !== 'table' || answer.type === 'heatmap-rows' || period === null) return answer;
  const cells = { period_from: period.from, period_to: period.to };
  const rows = answer.rows.map((row) => ({ ...row, ...cells }));
  return { ...answer, columns: [...answer.columns, ...PERIOD], rows };
}

/** The metric that a question names, within the budget that it names: its selection alone; and without a metric what the budget counts, over its period as of the range's end, so that the figures add up to what is used. */
export async function wantedOf(question: Question, context: QueryContext): Promise<Wanted> {
  if (!question.name) {
    const metric = lookUp('metric', question.metric, METRICS);
    return { question, metric, matchers: [], period: null, notices: [] };
  }
  const [budget] = chosenPlans('budget', context.plans(), question.name).plans;
  if (!budget) throw new AppError('invalid_query', `budget "${question.name}" is unknown`);
  const matchers = await resolveFilters(context.reader, filtersOf(budget.select), context.signal);
  const within = (name: string) => kept(lookUp('metric', name, METRICS), matchers);
  if (question.metric) return { question, ...within(question.metric), period: null, notices: [] };
  const asked = { ...question, metric: budget.unit };
  const { from, until } = context.coverage;
  if (!isSteady(budget) || from === null || until === null || Math.min(question.to, until) <= from)
    return { question: asked, ...within(budget.unit), period: asked, notices: [] };
  const at = Math.min(question.to, until);
  const { start } = periodOf(budget.period, at, zoneOf(context.settings.timeZone ?? 'UTC'));
  const told = `${budget.name}: its period so far, ${iso(start)} to ${iso(at)}, whatever the range begins with.`;
  const soFar = { ...asked, from: Math.max(start, from), to: at };
  return {
    question: soFar,
    ...within(budget.unit),
    period: { from: soFar.from, to: at },
    notices: [{ severity: 'info', text: told }, ...begunBeforeHarvest(budget.name, start, from)],
  };
}

/** The metric without incidents that Pagebudget's own alerts raised; of incidents and their steps a schedule keeps those with a page of it. A load is made of the interruptions that are kept. */
function kept(metric: Metric, matchers: readonly Matcher[]): Pick<Wanted, 'metric' | 'matchers'> {
  if ('figure' in metric)
    return { metric: { ...metric, interruptions: keptRows(metric.interruptions, []) }, matchers };
  if (metric.family === 'on_call') return { metric, matchers };
  const ofPages = (matcher: Matcher) => isOfPages(metric, matcher);
  return {
    metric: keptRows(metric, matchers.filter(ofPages)),
    matchers: matchers.filter((matcher) => !ofPages(matcher)),
  };
}

function keptRows(metric: RowMetric, schedules: readonly Matcher[]): RowMetric {
  const where = (from: number) =>
    all([notOwn(metric.family), belongs(metric, from), pagedOnSchedule(schedules, metric, from)]);
  return { ...metric, where };
}
