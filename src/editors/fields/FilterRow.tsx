import { Combobox, FieldValidationMessage, IconButton, Stack } from '@grafana/ui';
import { useState } from 'react';
import type { Catalogue, Choice, Filter, FilterOperator } from '../../../backend/contract.ts';
import { FilterValues } from './FilterValues.tsx';
import { dimensionOf, type FieldProps, misfits } from './field.ts';
import { Part } from './Part.tsx';

interface Props {
  id: string;
  /** How the row is called by assistive technology. */
  name: string;
  filter: Filter;
  catalogue: Catalogue;
  /** The dimensions that go with the query. */
  allowed: Choice[];
  valuesOf: FieldProps['valuesOf'];
  change: (filter: Filter) => void;
  remove: () => void;
}

/** One condition: dimension, operator and values. */
export function FilterRow({ id, name, filter, catalogue, allowed, valuesOf, change, remove }: Props) {
  const [failure, setFailure] = useState<string>();
  const { dimension, op, values } = filter;
  const chosen = dimension === '' ? null : dimensionOf(catalogue, dimension);
  const misfit = chosen ? misfits([chosen], allowed) : undefined;
  const fault = misfit ?? failure;
  return (
    <Stack direction="column" gap={0.5}>
      <Stack gap={0.5} alignItems="center" wrap="wrap">
        <Part id={`${id}-dimension`} name={`${name} dimension`}>
          {(label) => (
            <Combobox
              aria-labelledby={label}
              width={22}
              options={allowed}
              value={chosen}
              invalid={misfit !== undefined}
              placeholder="Dimension"
              onChange={({ value }) => change({ dimension: value, op, values: [] })}
            />
          )}
        </Part>
        <Part id={`${id}-operator`} name={`${name} operator`}>
          {(label) => (
            <Combobox
              aria-labelledby={label}
              width={18}
              options={catalogue.operators as { value: FilterOperator; label: string }[]}
              value={op}
              onChange={({ value }) => change({ ...filter, op: value })}
            />
          )}
        </Part>
        <Part id={`${id}-values`} name={`${name} values`}>
          {(label) => (
            <FilterValues
              label={label}
              dimension={dimension}
              values={values}
              valuesOf={valuesOf}
              change={(next) => change({ ...filter, values: next })}
              onFailure={setFailure}
            />
          )}
        </Part>
        <IconButton name="trash-alt" tooltip={`Remove ${name.toLowerCase()}`} onClick={remove} />
      </Stack>
      {fault && <FieldValidationMessage>{fault}</FieldValidationMessage>}
    </Stack>
  );
}
