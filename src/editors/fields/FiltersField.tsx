import { Box, Button, Stack } from '@grafana/ui';
import type { Filter } from '../../../backend/contract.ts';
import { FieldLabel } from './FieldLabel.tsx';
import { FilterRow } from './FilterRow.tsx';
import { dimensionsFor, type FieldProps } from './field.ts';

/** Rows of dimension, operator and values; a row counts once it has a value. */
export function FiltersField(props: FieldProps) {
  const { field, catalogue, query, id, change, valuesOf } = props;
  const filters = query.filters ?? [];
  const allowed = dimensionsFor(props);
  const write = (next: Filter[]) => change({ filters: next.length > 0 ? next : undefined });
  return (
    <Box width="100%">
      <Stack direction="column" gap={1} alignItems="flex-start">
        <FieldLabel id={id} title={field.title} description={field.description} />
        {filters.map((filter, index) => (
          <FilterRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            key={index}
            id={`${id}-${index}`}
            name={`Filter ${index + 1}`}
            filter={filter}
            catalogue={catalogue}
            allowed={allowed}
            valuesOf={valuesOf}
            change={(changed) => write(filters.with(index, changed))}
            remove={() => write(filters.toSpliced(index, 1))}
          />
        ))}
        <Button
          variant="secondary"
          size="sm"
          icon="plus"
          onClick={() => write([...filters, { dimension: '', op: '=', values: [] }])}
        >
          Add filter
        </Button>
      </Stack>
    </Box>
  );
}
