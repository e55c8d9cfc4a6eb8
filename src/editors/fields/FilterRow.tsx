import { Combobox, FieldValidationMessage, IconButton, MultiCombobox, Stack } from '@grafana/ui';
import { useState } from 'react';
import type { Choice, Filter, FilterOperator } from '../../../backend/contract.ts';
import { matching } from '../../choices.ts';
import { reasonOf } from '../../errors.ts';
import { misfits } from './field.ts';
import { Part } from './Part.tsx';

interface Props {
  id: string;
  /** How the row is called by assistive technology. */
  name: string;
  filter: Filter;
  dimensions: Choice[];
  operators: Choice[];
  choices: (dimension: string) => Promise<Choice[]>;
  change: (filter: Filter) => void;
  remove: () => void;
}

/** One condition; values are offered by the backend, and others such as template variables can be typed. */
export function FilterRow({ id, name, filter, dimensions, operators, choices, change, remove }: Props) {
  const [failure, setFailure] = useState<string>();
  const { dimension, op, values } = filter;
  const misfit = dimension === '' ? undefined : misfits([dimension], dimensions);
  const offer = async (text: string) => {
    if (dimension === '') return [];
    try {
      setFailure(undefined);
      return matching(await choices(dimension), text);
    } catch (error) {
      setFailure(`The values could not be read: ${reasonOf(error)} They can be typed.`);
      return [];
    }
  };
  const fault = misfit ?? failure;
  return (
    <Stack direction="column" gap={0.5}>
      <Stack gap={0.5} alignItems="center" wrap="wrap">
        <Part id={`${id}-dimension`} name={`${name} dimension`}>
          {(label) => (
            <Combobox
              aria-labelledby={label}
              width={22}
              options={dimensions}
              value={dimension || null}
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
              width={12}
              options={operators as { value: FilterOperator; label: string }[]}
              value={op}
              onChange={({ value }) => change({ dimension, op: value, values })}
            />
          )}
        </Part>
        <Part id={`${id}-values`} name={`${name} values`}>
          {(label) => (
            <MultiCombobox
              key={dimension}
              aria-labelledby={label}
              width={48}
              options={offer}
              value={values.map((value) => ({ value }))}
              disabled={dimension === ''}
              placeholder={dimension === '' ? 'Choose a dimension first' : 'Choose or type values'}
              createCustomValue
              isClearable
              onChange={(options) => change({ dimension, op, values: options.map(({ value }) => value) })}
            />
          )}
        </Part>
        <IconButton
          name="trash-alt"
          aria-label={`Remove ${name.toLowerCase()}`}
          tooltip="Remove"
          onClick={remove}
        />
      </Stack>
      {fault && <FieldValidationMessage>{fault}</FieldValidationMessage>}
    </Stack>
  );
}
