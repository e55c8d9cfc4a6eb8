import type { Query } from '../../../contract.ts';
import { catalogue } from '../../catalogue.ts';

/** Every kind of question there is: each type in each view and format, each metric by each of its dimensions in each format. */
export function everything(): Partial<Query>[] {
  const { queryTypes, metrics } = catalogue();
  const types = queryTypes.flatMap(({ name, example, fields }) => {
    const choices = ['view', 'format'].flatMap(
      (property) =>
        fields
          .find((field) => field.name === property)
          ?.choices?.map(({ value }) => ({ [property]: value })) ?? [],
    );
    return [{}, ...choices].map((choice) => ({ ...example, queryType: name, ...choice }));
  });
  const figures = metrics.flatMap((metric) =>
    metric.dimensions.flatMap((by) =>
      (by === 'user' ? ['time_series', 'table', 'heatmap'] : ['table']).map((format) => ({
        queryType: 'metric',
        metric: metric.name,
        by: [by],
        format,
      })),
    ),
  );
  const both = metrics
    .filter((metric) => metric.dimensions.includes('user'))
    .flatMap(({ name, dimensions: [first = ''] }) => [
      { queryType: 'metric', metric: name, by: ['user', 'hour'], format: 'heatmap' },
      { queryType: 'metric', metric: name, by: [first, 'user'], format: 'table', compare: 'previous' },
    ]);
  return [...types, ...figures, ...both];
}

/** Questions that look for people whom a viewer may not know. */
export function searches(): Partial<Query>[] {
  return (['=', '!=', '=~', '!~'] as const).flatMap((op) =>
    ['Somebody', 'Bo', '.*', 'B.*'].map((value) => ({
      metric: 'pages',
      by: ['user'],
      filters: [{ dimension: 'user', op, values: [value] }],
    })),
  );
}
