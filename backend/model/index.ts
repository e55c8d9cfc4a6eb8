import * as directory from './directory.ts';
import * as facts from './facts.ts';
import * as harvest from './harvest.ts';
import * as incidents from './incidents.ts';
import * as requests from './requests.ts';
import type { ColumnType, Table } from './table.ts';

/** Every table of the store, by name. */
export const TABLES = {
  ...incidents,
  ...directory,
  ...facts,
  ...harvest,
  ...requests,
} as const satisfies Record<string, Table>;

/** The name of a table. */
export type TableName = keyof typeof TABLES;

interface Typed {
  text: string;
  whole: number;
  number: number;
  boolean: boolean;
  time: number;
}

type Cell<C> = C extends { type: infer T extends ColumnType }
  ? Typed[T] | (C extends { optional: true } ? null : never)
  : never;

/** A row of a table as code sees it: times are epoch milliseconds. */
export type RowOf<T extends TableName> = {
  -readonly [K in keyof (typeof TABLES)[T]['columns']]: Cell<(typeof TABLES)[T]['columns'][K]>;
};
