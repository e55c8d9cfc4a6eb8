import type { ComponentType } from 'react';
import type { CatalogueField } from '../../../backend/contract.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { DimensionsField } from './DimensionsField.tsx';
import { FiltersField } from './FiltersField.tsx';
import type { FieldProps } from './field.ts';
import { MetricField } from './MetricField.tsx';
import { NumberField } from './NumberField.tsx';
import { StatField } from './StatField.tsx';
import { TextField } from './TextField.tsx';

/** The component for each type of input that the catalogue can ask for. */
export const fieldComponents = {
  metric: MetricField,
  stat: StatField,
  dimensions: DimensionsField,
  filters: FiltersField,
  choice: ChoiceField,
  number: NumberField,
  text: TextField,
} as const satisfies Record<CatalogueField['type'], ComponentType<FieldProps>>;
