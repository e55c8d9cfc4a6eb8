import { Input } from '@grafana/ui';
import type { FocusEvent } from 'react';
import { type FieldProps, textOf } from './field.ts';
import { LabelledField } from './LabelledField.tsx';

/** Takes a text, template variables included; empty means the backend's default. */
export function TextField(props: FieldProps) {
  const { field, id, change } = props;
  const value = textOf(props) ?? '';
  const commit = ({ target }: FocusEvent<HTMLInputElement>) => {
    const text = target.value.trim();
    if (text !== value) change({ [field.name]: text || undefined });
  };
  return (
    <LabelledField id={id} title={field.title} description={field.description}>
      <Input
        id={id}
        key={value}
        width={18}
        defaultValue={value}
        placeholder={field.placeholder ?? ''}
        onBlur={commit}
      />
    </LabelledField>
  );
}
