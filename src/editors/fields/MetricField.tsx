import { Combobox } from '@grafana/ui';
import type { CatalogueMetric } from '../../../backend/contract.ts';
import type { PagebudgetQuery, QueryPatch } from '../../query.ts';
import { labelId } from './FieldLabel.tsx';
import { type FieldProps, metricOf } from './field.ts';
import { LabelledField } from './LabelledField.tsx';

/** Chooses the metric; group-bys and a statistic that the new metric lacks are dropped, filters stay and are marked. */
export function MetricField({ field, catalogue, query, id, change }: FieldProps) {
  const known = metricOf(catalogue, query);
  const options = catalogue.metrics.map(({ name, title, description }) => ({
    value: name,
    label: title,
    description,
  }));
  const isVariable = query.metric?.includes('$');
  const error =
    query.metric && !known && !isVariable ? `The backend has no metric “${query.metric}”.` : undefined;
  const choose = (name: string) => {
    const metric = catalogue.metrics.find((candidate) => candidate.name === name);
    change({ metric: name, ...(metric ? fitting(query, metric) : {}) });
  };
  return (
    <LabelledField id={id} title={field.title} description={field.description} error={error}>
      <Combobox
        id={id}
        aria-labelledby={labelId(id)}
        width={30}
        options={options}
        value={query.metric ?? null}
        placeholder={field.placeholder ?? 'Choose a metric'}
        onChange={({ value }) => choose(value)}
      />
    </LabelledField>
  );
}

function fitting(query: PagebudgetQuery, metric: CatalogueMetric): QueryPatch {
  return {
    by: query.by?.filter((dimension) => dimension.includes('$') || metric.dimensions.includes(dimension)),
    stat: query.stat && metric.stats.includes(query.stat) ? query.stat : undefined,
  };
}
