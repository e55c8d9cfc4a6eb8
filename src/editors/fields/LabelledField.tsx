import { Field } from '@grafana/ui';
import type { ReactElement } from 'react';
import { FieldLabel, type LabelProps } from './FieldLabel.tsx';

interface Props extends LabelProps {
  error?: string | undefined;
  children: ReactElement<Record<string, unknown>>;
}

/** A label with its explanation above an input, and below it what is wrong with its value. */
export function LabelledField({ id, title, description, error, children }: Props) {
  return (
    <Field
      label={<FieldLabel id={id} title={title} description={description} />}
      error={error}
      invalid={error !== undefined}
      noMargin
    >
      {children}
    </Field>
  );
}
