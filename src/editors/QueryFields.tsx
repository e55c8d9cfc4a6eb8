import { Stack } from '@grafana/ui';
import type { CatalogueField } from '../../backend/contract.ts';
import { type FieldProps, metricOf } from './fields/field.ts';
import { fieldComponents } from './fields/index.ts';
import { MetricNote } from './MetricNote.tsx';
import { QueryTypeField } from './QueryTypeField.tsx';

/** The inputs of one query in the order of the catalogue, but for filters, which take rows of their own, last. */
export function QueryFields(props: Omit<FieldProps, 'field' | 'id'>) {
  const { catalogue, query } = props;
  const fields = catalogue.queryTypes.find(({ name }) => name === query.queryType)?.fields ?? [];
  const isWide = ({ type }: CatalogueField) => Number(type === 'filters');
  const id = `pagebudget-${query.refId}`;
  const metric = fields.some(({ type }) => type === 'metric') ? metricOf(catalogue, query) : undefined;
  return (
    <Stack direction="column" gap={1}>
      <Stack gap={2} wrap="wrap" alignItems="flex-start">
        <QueryTypeField {...props} id={`${id}-query-type`} />
        {fields
          .toSorted((a, b) => isWide(a) - isWide(b))
          .map((field) => {
            const Component = fieldComponents[field.type];
            return <Component key={field.name} {...props} field={field} id={`${id}-${field.name}`} />;
          })}
      </Stack>
      {metric && <MetricNote metric={metric} />}
    </Stack>
  );
}
