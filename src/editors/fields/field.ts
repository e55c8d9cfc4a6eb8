import type {
  Catalogue,
  CatalogueField,
  CatalogueMetric,
  Choice,
  ValuesResponse,
} from '../../../backend/contract.ts';
import type { PagebudgetQuery, QueryPatch } from '../../query.ts';

/** What every field component gets: its own description, the query, and how to change it. */
export interface FieldProps {
  field: CatalogueField;
  catalogue: Catalogue;
  query: PagebudgetQuery;
  /** Prefix of the element ids, unique on the page. */
  id: string;
  /** Changes the query and runs it. */
  change: (patch: QueryPatch) => void;
  /** The values by which a dimension can be filtered, those that contain the text. */
  valuesOf: (dimension: string, search: string) => Promise<ValuesResponse>;
}

/** The metric that the query asks for, if the backend knows it. */
export function metricOf(catalogue: Catalogue, query: PagebudgetQuery): CatalogueMetric | undefined {
  return catalogue.metrics.find(({ name }) => name === query.metric);
}

/** The dimensions that go with the field: its own list, else the chosen metric's, else all. */
export function dimensionsFor({ field, catalogue, query }: FieldProps): Choice[] {
  const allowed = field.choices?.map(({ value }) => value) ?? metricOf(catalogue, query)?.dimensions;
  return catalogue.dimensions
    .filter(({ name }) => !allowed || allowed.includes(name))
    .map(({ name, title, description }) => ({ value: name, label: title, description }));
}

/** A dimension as it is shown: its title, or the bare name where the backend does not know it. */
export function dimensionOf(catalogue: Catalogue, name: string): Choice {
  return {
    value: name,
    label: catalogue.dimensions.find((dimension) => dimension.name === name)?.title ?? name,
  };
}

/** Says which of the chosen dimensions do not go with the field, or nothing when all do; variables always go. */
export function misfits(chosen: Choice[], allowed: Choice[]): string | undefined {
  const wrong = chosen.filter(
    ({ value }) => !value.includes('$') && allowed.every((other) => other.value !== value),
  );
  if (wrong.length === 0) return undefined;
  return `${wrong.map(({ label }) => label).join(', ')} cannot be used here: remove it, or choose another metric.`;
}

/** A field of a query that holds a text, or nothing when it is not one. */
export function textOf({ field, query }: FieldProps): string | undefined {
  const value = query[field.name as keyof PagebudgetQuery];
  return typeof value === 'string' ? value : undefined;
}
