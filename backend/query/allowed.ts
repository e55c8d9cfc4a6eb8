import { AppError } from '../errors.ts';
import { dimensions, dimensionsOf } from './dimensions.ts';
import type { Metric } from './metrics/metric.ts';
import { lookUp, type Question } from './question.ts';

/** The dimensions that a metric can be grouped and filtered by. */
export function dimensionsOfMetric(metric: Metric): readonly string[] {
  return metric.dimensions ?? dimensionsOf(metric.family);
}

/** Refuses groups and filters by a dimension that is not among those that go with `what`; the error tells which do. */
export function allowOnly(
  allowed: readonly string[],
  what: string,
  { by, filters }: Pick<Question, 'by' | 'filters'>,
): void {
  for (const name of [...by, ...filters.map(({ dimension }) => dimension)]) {
    lookUp('dimension', name, dimensions);
    if (allowed.includes(name)) continue;
    throw new AppError(
      'invalid_query',
      `dimension "${name}" does not go with ${what}; use ${allowed.join(', ')}`,
    );
  }
}
