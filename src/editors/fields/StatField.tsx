import { Combobox } from '@grafana/ui';
import { labelId } from './FieldLabel.tsx';
import { type FieldProps, metricOf } from './field.ts';
import { LabelledField } from './LabelledField.tsx';

/** Chooses the statistic; absent where the metric is a plain count or share. */
export function StatField({ field, catalogue, query, id, change }: FieldProps) {
  const stats = metricOf(catalogue, query)?.stats ?? [];
  if (stats.length === 0 && !query.stat) return null;
  const fits = !query.stat || query.stat.includes('$') || stats.includes(query.stat);
  const error = fits ? undefined : `This metric has no ${query.stat}. Clear it or choose another metric.`;
  return (
    <LabelledField id={id} title={field.title} description={field.description} error={error}>
      <Combobox
        id={id}
        aria-labelledby={labelId(id)}
        width={16}
        options={stats.map((stat) => ({ value: stat, label: stat }))}
        value={query.stat ?? null}
        placeholder={field.placeholder ?? stats[0] ?? ''}
        isClearable
        onChange={(option) => change({ stat: option?.value })}
      />
    </LabelledField>
  );
}
