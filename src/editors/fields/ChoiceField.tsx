import { Combobox } from '@grafana/ui';
import { labelId } from './FieldLabel.tsx';
import { type FieldProps, textOf } from './field.ts';
import { LabelledField } from './LabelledField.tsx';

/** Chooses one of the values that the catalogue lists. */
export function ChoiceField(props: FieldProps) {
  const { field, id, change } = props;
  return (
    <LabelledField id={id} title={field.title} description={field.description}>
      <Combobox
        id={id}
        aria-labelledby={labelId(id)}
        width={18}
        options={field.choices ?? []}
        value={textOf(props) ?? null}
        placeholder={field.placeholder ?? ''}
        isClearable
        onChange={(option) => change({ [field.name]: option?.value })}
      />
    </LabelledField>
  );
}
