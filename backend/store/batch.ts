import type { Table } from '../model/table.ts';
import { join, name, type Statement } from '../sql/statement.ts';
import type { Row } from './store.ts';

/** The columns of a table in the model's order, for both sides of an INSERT. */
export function columnsOf(model: Table): Statement {
  return join(Object.keys(model.columns).map(name), ', ');
}

/** Rows without those that a later one of the same key replaces. */
export function lastOfEachKey(model: Table, rows: readonly Row[]): Row[] {
  const byKey = new Map(rows.map((row) => [JSON.stringify(model.key.map((part) => row[part])), row]));
  return [...byKey.values()];
}
