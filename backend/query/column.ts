import type { FieldConfig } from '../contract.ts';

/** A column of an answer: what the field is called, measured in and means. */
export interface Column {
  name: string;
  type: 'time' | 'number' | 'string' | 'boolean';
  title: string;
  /** Grafana's unit id. */
  unit?: string;
  description?: string;
  /** A link that each cell carries; `${__data.fields.url}` takes the row's own url. */
  link?: { title: string; url: string };
  /** Tells who a person is: whom the row is about, or who is only mentioned in it. */
  personal?: true | 'mentioned';
  /** The person (id) whom the whole column is about, by whose name it is titled. */
  person?: string;
  /** The cell of the row that stands in for this one unless it tells of nobody but the viewer: `of` is the cell with the id of the person whom it tells of, null where of none. */
  otherwise?: { cell: string; of: string };
}

type More = Omit<Column, 'name' | 'type' | 'title'>;

/** A column of texts. */
export const text = (name: string, title: string, more: More = {}): Column => ({
  name,
  type: 'string',
  title,
  ...more,
});

/** A column of instants, epoch milliseconds. */
export const time = (name: string, title: string, more: More = {}): Column => ({
  name,
  type: 'time',
  title,
  ...more,
});

/** A column of numbers. */
export const number = (name: string, title: string, more: More = {}): Column => ({
  name,
  type: 'number',
  title,
  ...more,
});

/** A column of numbers in seconds. */
export const seconds = (name: string, title: string, more: More = {}): Column =>
  number(name, title, { unit: 's', ...more });

/** A column of shares, 0-1. */
export const share = (name: string, title: string, more: More = {}): Column =>
  number(name, title, { unit: 'percentunit', ...more });

/** A column of yes or no. */
export const flag = (name: string, title: string, more: More = {}): Column => ({
  name,
  type: 'boolean',
  title,
  ...more,
});

/** A thing's two columns: its name, and its id under `NAME_id`. */
export const thing = (name: string, title: string, more: More = {}): Column[] => [
  text(name, title, more),
  text(`${name}_id`, `${title} id`, more.personal ? { personal: more.personal } : {}),
];

/** The field config that Grafana gets for a column. */
export function fieldConfig(column: Column): FieldConfig {
  return {
    displayName: column.title,
    ...(column.unit ? { unit: column.unit } : {}),
    ...(column.description ? { description: column.description } : {}),
    ...(column.link ? { links: [{ ...column.link, targetBlank: true }] } : {}),
  };
}
