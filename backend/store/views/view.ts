import type { ColumnType } from '../../model/table.ts';
import { join, name, type Statement, sql } from '../../sql/statement.ts';

/** A column of a view as data: its kind, what it says, and where it comes from. */
export interface ViewColumn {
  type: ColumnType;
  about: string;
  is: Statement;
}

/** A view with a name that stays, for people who join our rows with tables of their own. */
export interface View {
  /** What one row is. */
  about: string;
  /** What follows SELECT and its columns. */
  from: Statement;
  columns: Readonly<Record<string, ViewColumn>>;
}

/** The statement that makes a view, or puts it in the place of one whose columns it begins with. */
export function createView(view: string, { columns, from }: View): Statement {
  const list = Object.entries(columns).map(([column, { is }]) => sql`${is} AS ${name(column)}`);
  return sql`CREATE OR REPLACE VIEW ${name(view)} AS SELECT ${join(list, ', ')} FROM ${from}`;
}

const kind = (type: ColumnType) => (is: Statement, about: string) =>
  ({ type, about, is }) satisfies ViewColumn;

/** A column of text. */
export const text = kind('text');
/** A column of whole numbers. */
export const count = kind('whole');
/** A column of numbers. */
export const quantity = kind('number');
/** A column that is true or false. */
export const flag = kind('boolean');
/** A column of instants, UTC without a zone. */
export const time = kind('time');
