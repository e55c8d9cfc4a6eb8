import type { CatalogueField } from '../../contract.ts';
import { allowOnly, dimensionsOfMetric } from '../allowed.ts';
import { bucketsFor } from '../buckets.ts';
import { wantedOf, withPeriod } from '../budgets/within.ts';
import { blankOf, linesOf, nullNotices } from '../figures.ts';
import { resolveFilters } from '../filter.ts';
import { FORMATS } from '../metric-formats.ts';
import { checkStat } from '../metrics/stat.ts';
import { noticesOn } from '../people/seen.ts';
import { choose } from '../question.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const SPENDS: CatalogueField = {
  name: 'name',
  type: 'text',
  title: 'Budget',
  description:
    'Counts only what this alert budget selects; without a metric its own unit over its own period, so that the figures add up to what is used.',
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
  async answer(asked, context) {
    const { question, metric, matchers, period, notices: told } = await wantedOf(asked, context);
    const format = choose('format', question.format, ['time_series', 'table', 'heatmap']);
    const compare = choose('compare', question.compare, ['none', 'previous']) === 'previous';
    checkStat(question.metric ?? '', metric, question.stat);
    if (metric.dimensions) allowOnly(dimensionsOfMetric(metric), question.metric ?? '', question);
    const own = await resolveFilters(context.reader, question.filters, context.signal);
    const asking = {
      metric,
      question,
      compare,
      buckets: bucketsFor(question),
      matchers: [...own, ...matchers],
    };
    const lines = await linesOf(asking, context);
    const drawn = FORMATS[format](lines, { ...asking, blank: blankOf(asking, context) });
    const answer = withPeriod(drawn, period);
    const notices = [
      ...told,
      ...(answer.notices ?? []),
      ...nullNotices(asking, lines, context),
      ...(question.by.includes('user') ? noticesOn(context.view) : []),
    ];
    const since = compare ? question.from - (question.to - question.from) : question.from;
    return { ...answer, notices, since };
  },
};
