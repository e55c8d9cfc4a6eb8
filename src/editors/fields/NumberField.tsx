import { Input } from '@grafana/ui';
import type { FocusEvent } from 'react';
import type { FieldProps } from './field.ts';
import { LabelledField } from './LabelledField.tsx';

/** Takes a whole number; empty means the backend's default. */
export function NumberField({ field, query, id, change }: FieldProps) {
  const value = query[field.name as 'limit'];
  const commit = ({ target }: FocusEvent<HTMLInputElement>) => {
    const number = target.value === '' ? undefined : target.valueAsNumber;
    if (number !== value) change({ [field.name]: number });
  };
  return (
    <LabelledField id={id} title={field.title} description={field.description}>
      <Input
        id={id}
        key={value}
        type="number"
        min={1}
        width={16}
        defaultValue={value}
        placeholder={field.placeholder ?? ''}
        onBlur={commit}
      />
    </LabelledField>
  );
}
