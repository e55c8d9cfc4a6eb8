import type { QueryEditorProps } from '@grafana/data';
import { Combobox, Stack } from '@grafana/ui';
import type { CatalogueField } from '../../backend/contract.ts';
import type { PagebudgetDataSource } from '../datasource.ts';
import type { PagebudgetQuery } from '../query.ts';
import type { PagebudgetOptions } from '../settings.ts';
import { TYPED, type VariableQuery } from '../variables.ts';
import { CatalogueGate } from './CatalogueGate.tsx';
import { labelId } from './fields/FieldLabel.tsx';
import { FiltersField } from './fields/FiltersField.tsx';
import { LabelledField } from './fields/LabelledField.tsx';

type Props = QueryEditorProps<PagebudgetDataSource, PagebudgetQuery, PagebudgetOptions, VariableQuery>;

const ONLY_WITH = {
  name: 'filters',
  type: 'filters',
  title: 'Only values that occur with',
  description:
    'Offers the values that occur in the range of the dashboard together with these, for instance the services of $team.',
} as const satisfies CatalogueField;

/** Chooses the dimension whose values a dashboard variable offers, and on what else they depend. */
export function VariableEditor({ datasource, query, onChange }: Props) {
  const id = 'pagebudget-variable-dimension';
  return (
    <CatalogueGate datasource={datasource}>
      {(catalogue) => (
        <Stack direction="column" gap={1}>
          <LabelledField
            id={id}
            title="Values of"
            description="The variable offers every value of this dimension."
          >
            <Combobox
              id={id}
              aria-labelledby={labelId(id)}
              width={32}
              options={catalogue.dimensions.map(({ name, title, description }) => ({
                value: name,
                label: title,
                description,
              }))}
              value={query.dimension ?? null}
              placeholder="Dimension"
              onChange={({ value }) => onChange({ ...query, dimension: value, search: TYPED })}
            />
          </LabelledField>
          <FiltersField
            field={ONLY_WITH}
            catalogue={catalogue}
            query={query}
            id="pagebudget-variable-filters"
            change={({ filters = [] }) => onChange({ ...query, filters })}
            valuesOf={(dimension, search) => datasource.values(dimension, search)}
          />
        </Stack>
      )}
    </CatalogueGate>
  );
}
