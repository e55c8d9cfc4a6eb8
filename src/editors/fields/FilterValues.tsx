import { MultiCombobox } from '@grafana/ui';
import { choicesOf, cutOf } from '../../choices.ts';
import { reasonOf } from '../../errors.ts';
import type { FieldProps } from './field.ts';

interface Props {
  /** The id of the element that names the input. */
  label: string;
  /** The dimension whose values are offered; empty while none is chosen. */
  dimension: string;
  values: string[];
  valuesOf: FieldProps['valuesOf'];
  change: (values: string[]) => void;
  /** Told why no values can be offered, and nothing once they can. */
  onFailure: (message: string | undefined) => void;
}

/** The values of a condition: offered by the backend, and others such as template variables can be typed. */
export function FilterValues({ label, dimension, values, valuesOf, change, onFailure }: Props) {
  const offer = async (text: string) => {
    try {
      const answer = await valuesOf(dimension, text);
      const cut = cutOf(answer);
      onFailure(undefined);
      return [...choicesOf(answer), ...(cut ? [{ value: '', label: cut, infoOption: true }] : [])];
    } catch (error) {
      onFailure(`The values could not be read: ${reasonOf(error)} They can still be typed.`);
      return [];
    }
  };
  return (
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
      onChange={(options) => change(options.map(({ value }) => value))}
    />
  );
}
