import { allowOnly, dimensionsOfMetric } from '../allowed.ts';
import { bucketsFor } from '../buckets.ts';
import { blankOf, linesOf, nullNotices } from '../figures.ts';
import { resolveFilters } from '../filter.ts';
import { FORMATS } from '../metric-formats.ts';
import { METRICS } from '../metrics/index.ts';
import { checkStat } from '../metrics/stat.ts';
import { noticesOn } from '../people/seen.ts';
import { choose, lookUp } from '../question.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

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
  ],
  example: { metric: 'interruptions', by: ['team'], bucket: 'day', format: 'time_series' },
  async answer(question, context) {
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
