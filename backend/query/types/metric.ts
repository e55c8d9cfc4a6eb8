import type { CatalogueField } from '../../contract.ts';
import { allowOnly, dimensionsOfMetric } from '../allowed.ts';
import { bucketsFor } from '../buckets.ts';
import type { QueryContext } from '../context.ts';
import { blankOf, linesOf, nullNotices } from '../figures.ts';
import { resolveFilters } from '../filter.ts';
import { FORMATS } from '../metric-formats.ts';
import { METRICS } from '../metrics/index.ts';
import { checkStat } from '../metrics/stat.ts';
import { noticesOn } from '../people/seen.ts';
import { chosenPlans } from '../plans.ts';
import { choose, lookUp, type Question } from '../question.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const SPENDS: CatalogueField = {
  name: 'name',
  type: 'text',
  title: 'Budget',
  description: 'Counts only what this alert budget selects: with the alert as group, what spends it.',
  placeholder: 'None',
};

/** A figure by dimensions over time: the commonest question. */
export const metric: QueryType = {
  title: 'Metric',
  description: 'A figure, by any dimension, over time or in one number.',
  fields: [
    FIELDS.metric,
    FIELDS.stat,
    FIELDS.by,
    FIELDS.filters,
    FIELDS.bucket,
    FIELDS.format,
    FIELDS.compare,
    SPENDS,
  ],
  example: { metric: 'interruptions', by: ['team'], bucket: 'day', format: 'time_series' },
  async answer(chosen, context) {
    const question = withinBudget(chosen, context);
    const asked = lookUp('metric', question.metric, METRICS);
    const format = choose('format', question.format, ['time_series', 'table', 'heatmap']);
    const compare = choose('compare', question.compare, ['none', 'previous']) === 'previous';
    checkStat(question.metric ?? '', asked, question.stat);
    if (asked.dimensions) allowOnly(dimensionsOfMetric(asked), question.metric ?? '', question);
    const asking = {
      metric: asked,
      question,
      compare,
      buckets: bucketsFor(question),
      matchers: await resolveFilters(context.reader, question.filters, context.signal),
    };
    const lines = await linesOf(asking, context);
    const answer = FORMATS[format](lines, { ...asking, blank: blankOf(asking, context) });
    const notices = [
      ...(answer.notices ?? []),
      ...nullNotices(asking, lines, context),
      ...(question.by.includes('user') ? noticesOn(context.view) : []),
    ];
    const since = compare ? question.from - (question.to - question.from) : question.from;
    return { ...answer, notices, since };
  },
};

/** The question with what its budget selects as further filters, where it names one; throws where no budget has that name. */
function withinBudget(question: Question, context: QueryContext): Question {
  if (!question.name) return question;
  const [budget] = chosenPlans('budget', context.plans(), question.name).plans;
  const selected = Object.entries(budget?.select ?? {}).flatMap(([dimension, values]) =>
    values ? [{ dimension, op: '=' as const, values }] : [],
  );
  return { ...question, filters: [...question.filters, ...selected] };
}
