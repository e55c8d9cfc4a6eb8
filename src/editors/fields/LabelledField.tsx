import { Field, Icon, Label, Stack, Tooltip } from '@grafana/ui';
import type { ReactElement } from 'react';

interface Props {
  id: string;
  title: string;
  description?: string | undefined;
  error?: string | undefined;
  children: ReactElement<Record<string, unknown>>;
}

/** The id of the element that names the field, for inputs which take no name of their own. */
export function labelId(id: string): string {
  return `${id}-label`;
}

/** A label with its explanation above an input, and below it what is wrong with its value. */
export function LabelledField({ id, title, description, error, children }: Props) {
  const label = (
    <Label htmlFor={id}>
      <Stack gap={0.5} alignItems="center">
        <span id={labelId(id)}>{title}</span>
        {description && (
          <Tooltip content={description}>
            <Icon name="info-circle" size="sm" />
          </Tooltip>
        )}
      </Stack>
    </Label>
  );
  return (
    <Field label={label} error={error} invalid={error !== undefined} noMargin>
      {children}
    </Field>
  );
}
