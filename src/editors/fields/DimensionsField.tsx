import { MultiCombobox } from '@grafana/ui';
import { labelId } from './FieldLabel.tsx';
import { dimensionOf, dimensionsFor, type FieldProps, misfits } from './field.ts';
import { LabelledField } from './LabelledField.tsx';

/** Chooses by which dimensions the figure is split. */
export function DimensionsField(props: FieldProps) {
  const { field, catalogue, query, id, change } = props;
  const allowed = dimensionsFor(props);
  const chosen = (query.by ?? []).map((name) => dimensionOf(catalogue, name));
  const error = misfits(chosen, allowed);
  return (
    <LabelledField id={id} title={field.title} description={field.description} error={error}>
      <MultiCombobox<string>
        id={id}
        aria-labelledby={labelId(id)}
        width={32}
        options={allowed}
        value={chosen}
        invalid={error !== undefined}
        placeholder={field.placeholder ?? 'Nothing: one total'}
        isClearable
        onChange={(options) => change({ by: options.map(({ value }) => value) })}
      />
    </LabelledField>
  );
}
