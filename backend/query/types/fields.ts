import type { CatalogueField } from '../../contract.ts';

/** The inputs that query types share. */
export const FIELDS = {
  metric: { name: 'metric', type: 'metric', title: 'Metric', description: 'The figure to show.' },
  stat: {
    name: 'stat',
    type: 'stat',
    title: 'Statistic',
    description: 'Which value of the durations: the median, a high percentile or the mean.',
    placeholder: 'Median',
  },
  by: {
    name: 'by',
    type: 'dimensions',
    title: 'Group by',
    description: 'One row or line for each value of these.',
    placeholder: 'Nothing: one total',
  },
  filters: {
    name: 'filters',
    type: 'filters',
    title: 'Filters',
    description: 'Keep only what passes all of these.',
  },
  bucket: {
    name: 'bucket',
    type: 'choice',
    title: 'Bucket',
    description: 'How time is divided, in the zone of the dashboard.',
    placeholder: 'One number for the range',
    choices: [
      { value: 'none', label: 'None', description: 'One number for the range' },
      { value: 'auto', label: 'Auto', description: 'As the panel is wide' },
      { value: 'hour', label: 'Hour' },
      { value: 'day', label: 'Day' },
      { value: 'week', label: 'Week', description: 'From Monday' },
      { value: 'month', label: 'Month' },
    ],
  },
  format: {
    name: 'format',
    type: 'choice',
    title: 'Format',
    description: 'What the panel gets.',
    placeholder: 'Time series',
    choices: [
      {
        value: 'time_series',
        label: 'Time series',
        description: 'Lines; one number for each label without a bucket',
      },
      { value: 'table', label: 'Table' },
      {
        value: 'heatmap',
        label: 'Heat map',
        description: 'One row for each value over time; of two dimensions without a bucket, over the second',
      },
    ],
  },
  compare: {
    name: 'compare',
    type: 'choice',
    title: 'Compare',
    description: 'The same in another period beside it.',
    placeholder: 'Nothing',
    choices: [
      { value: 'none', label: 'Nothing' },
      { value: 'previous', label: 'Period before', description: 'Of the same length, just before the range' },
    ],
  },
  limit: {
    name: 'limit',
    type: 'number',
    title: 'Limit',
    description: 'The most rows to show; the answer says how many there are.',
    placeholder: '10000',
  },
} as const satisfies Record<string, CatalogueField>;

/** The dimensions that choose people and their on-call time. */
export const PERSON_DIMENSIONS = ['user', 'team', 'schedule', 'escalation_policy'];

/** The input for the format where a type has few; the first is the default. */
export const formatField = (...formats: ('time_series' | 'table' | 'heatmap')[]): CatalogueField => {
  const choices = formats.flatMap(
    (format) => FIELDS.format.choices.find(({ value }) => value === format) ?? [],
  );
  return { ...FIELDS.format, placeholder: choices[0]?.label ?? '', choices };
};

/** The input for one budget or SLO by name. */
export const nameField = (what: string): CatalogueField => ({
  name: 'name',
  type: 'text',
  title: what,
  description: `The name of one ${what.toLowerCase()}; all of them where empty.`,
  placeholder: 'All',
});

/** The input for what to show of a budget or SLO. */
export const viewField = (
  choices: { value: string; label: string; description: string }[],
): CatalogueField => ({
  name: 'view',
  type: 'choice',
  title: 'View',
  description: 'What to show.',
  placeholder: choices[0]?.label ?? '',
  choices,
});
