import { Combobox } from '@grafana/ui';
import type { CatalogueQueryType } from '../../backend/contract.ts';
import type { PagebudgetQuery, QueryPatch } from '../query.ts';
import { labelId } from './fields/FieldLabel.tsx';
import type { FieldProps } from './fields/field.ts';
import { LabelledField } from './fields/LabelledField.tsx';

/** Chooses what kind of answer is wanted; a change begins with the kind's example and keeps the filters. */
export function QueryTypeField({ catalogue, query, id, change }: Omit<FieldProps, 'field'>) {
  const { queryTypes } = catalogue;
  const known = queryTypes.find(({ name }) => name === query.queryType);
  const choose = (name: string) => {
    const next = queryTypes.find((type) => type.name === name);
    if (next && next !== known) change(startOf(next, query, known));
  };
  return (
    <LabelledField
      id={id}
      title="Query type"
      description={known?.description ?? 'What kind of answer is wanted.'}
      error={known ? undefined : `The backend has no query type “${query.queryType}”.`}
    >
      <Combobox
        id={id}
        aria-labelledby={labelId(id)}
        width={22}
        options={queryTypes.map(({ name, title, description }) => ({
          value: name,
          label: title,
          description,
        }))}
        value={query.queryType ?? null}
        onChange={({ value }) => choose(value)}
      />
    </LabelledField>
  );
}

function startOf(next: CatalogueQueryType, query: PagebudgetQuery, known?: CatalogueQueryType): QueryPatch {
  const cleared = Object.fromEntries((known?.fields ?? []).map(({ name }) => [name, undefined]));
  const filters = next.fields.some(({ type }) => type === 'filters') ? query.filters : undefined;
  return { ...cleared, ...next.example, ...(filters && { filters }), queryType: next.name };
}
