import type { QueryEditorProps } from '@grafana/data';
import { Combobox } from '@grafana/ui';
import type { PagebudgetDataSource } from '../datasource.ts';
import type { PagebudgetQuery } from '../query.ts';
import type { PagebudgetOptions } from '../settings.ts';
import type { VariableQuery } from '../variables.ts';
import { CatalogueGate } from './CatalogueGate.tsx';
import { labelId } from './fields/FieldLabel.tsx';
import { LabelledField } from './fields/LabelledField.tsx';

type Props = QueryEditorProps<PagebudgetDataSource, PagebudgetQuery, PagebudgetOptions, VariableQuery>;

/** Chooses the dimension whose values a dashboard variable offers. */
export function VariableEditor({ datasource, query, onChange }: Props) {
  const id = 'pagebudget-variable-dimension';
  return (
    <CatalogueGate datasource={datasource}>
      {({ dimensions }) => (
        <LabelledField
          id={id}
          title="Values of"
          description="The variable offers every value of this dimension."
        >
          <Combobox
            id={id}
            aria-labelledby={labelId(id)}
            width={32}
            options={dimensions.map(({ name, title, description }) => ({
              value: name,
              label: title,
              description,
            }))}
            value={query.dimension ?? null}
            placeholder="Dimension"
            onChange={({ value }) => onChange({ ...query, dimension: value })}
          />
        </LabelledField>
      )}
    </CatalogueGate>
  );
}
