import { Icon, Label, Stack, Tooltip } from '@grafana/ui';

/** How an input is named and explained. */
export interface LabelProps {
  /** The id of the input. */
  id: string;
  title: string;
  description?: string | undefined;
}

/** The id of the element that names the input, for inputs which take no name of their own. */
export function labelId(id: string): string {
  return `${id}-label`;
}

/** The name of an input, with an explanation to hover over. */
export function FieldLabel({ id, title, description }: LabelProps) {
  return (
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
}
