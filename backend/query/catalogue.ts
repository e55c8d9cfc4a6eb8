import type { Catalogue } from '../contract.ts';
import { dimensionsOfMetric } from './allowed.ts';
import { dimensions } from './dimensions.ts';
import { METRICS } from './metrics/index.ts';
import { statsOf } from './metrics/stat.ts';
import { TYPES } from './types/index.ts';

/** Where the docs explain what each number means. */
const DEFINITIONS =
  'https://github.com/pagebudget/pagebudget-pagerduty-datasource/blob/main/docs/definitions.md';

/** Everything that can be asked, as the query editor and the docs show it. */
export function catalogue(): Catalogue {
  return {
    queryTypes: Object.entries(TYPES).map(([name, type]) => ({
      name,
      title: type.title,
      description: type.description,
      fields: [...type.fields],
      example: type.example,
    })),
    metrics: Object.entries(METRICS).map(([name, metric]) => ({
      name,
      title: metric.title,
      unit: metric.unit,
      description: metric.description,
      instant: metric.instantName,
      link: `${DEFINITIONS}#${metric.section}`,
      dimensions: [...dimensionsOfMetric(metric)],
      stats: [...statsOf(metric)],
    })),
    dimensions: Object.entries(dimensions).map(([name, { title, description }]) => ({
      name,
      title,
      description,
      link: `${DEFINITIONS}#9-dimensions-and-filters`,
    })),
    operators: [
      { value: '=', label: 'is', description: 'Is one of the values' },
      { value: '!=', label: 'is not', description: 'Is none of the values' },
      { value: '=~', label: 'matches', description: 'Matches a regular expression as a whole' },
      { value: '!~', label: 'does not match', description: 'Matches no regular expression as a whole' },
    ],
  };
}
