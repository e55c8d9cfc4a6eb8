import type { RowOf } from '../model/index.ts';
import { name, sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';
import { readOf } from './derive-read.ts';

/** A fact table whose rows have one id. */
export type FactTable = 'page' | 'notification' | 'step' | 'incident_fact';

/** Brings the stored rows `old` to what `fresh` says, by the key column: writes what differs, removes what vanished. */
export async function replaceFacts<T extends FactTable>(
  writer: Writer,
  table: T,
  key: keyof RowOf<T> & string,
  old: readonly RowOf<T>[],
  fresh: readonly RowOf<T>[],
): Promise<void> {
  const before = new Map(old.map((row) => [row[key], row]));
  const after = new Set(fresh.map((row) => row[key]));
  const vanished = old.filter((row) => !after.has(row[key])).map((row) => String(row[key]));
  if (vanished.length > 0) {
    const keys = await writer.keys(vanished);
    await writer.remove(table, sql`${name(key)} IN (SELECT "id" FROM ${keys})`);
  }
  await writer.put(
    table,
    fresh.filter((row) => !sameRow(before.get(row[key]), row)),
  );
}

/** Rewrites one column of stored rows that are named by their key. */
export async function amendFacts<T extends FactTable>(
  writer: Writer,
  table: T,
  key: keyof RowOf<T> & string,
  changes: ReadonlyMap<string, Partial<RowOf<T>>>,
): Promise<void> {
  if (changes.size === 0) return;
  const keys = await writer.keys(changes.keys());
  const rows = await readOf(writer, table, key, keys);
  await writer.put(
    table,
    rows.map((row) => ({ ...row, ...changes.get(String(row[key])) })),
  );
}

/** True for two rows of one table with the same cells. */
export function sameRow(a: Row | undefined, b: Row): boolean {
  return a !== undefined && Object.keys(b).every((column) => a[column] === b[column]);
}
