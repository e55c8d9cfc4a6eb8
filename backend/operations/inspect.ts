import { join } from 'node:path';
import { runChild } from '../child.ts';
import { type RowOf, TABLES, type TableName } from '../model/index.ts';
import { name, sql } from '../sql/statement.ts';
import type { Reader, Row } from '../store/store.ts';

/** What a store holds: whose data, and how many rows by table. */
export interface Contents {
  account: RowOf<'account'> | null;
  rows: Record<string, number>;
}

const INSPECTING = join(import.meta.dirname, 'inspect-process.ts');

/** Counts what a store holds. */
export async function contentsOf(reader: Reader): Promise<Contents> {
  const [account] = await reader.read<RowOf<'account'> & Row>(sql`SELECT * FROM "account"`);
  const rows: Contents['rows'] = {};
  for (const table of Object.keys(TABLES) as TableName[]) {
    const [count] = await reader.read<{ rows: number }>(sql`SELECT count(*) AS "rows" FROM ${name(table)}`);
    rows[table] = count?.rows ?? 0;
  }
  return { account: account ?? null, rows };
}

/** Opens a closed file as a store in another process, reads every value of it and tells what it holds; a file of an older Pagebudget is brought up to date. Throws AppError `store` for one that is damaged, newer or no store. */
export async function inspect(file: string): Promise<Contents> {
  return JSON.parse(await runChild(INSPECTING, [file])) as Contents;
}

/** All rows of a store but the harvest's own notes. */
export function totalOf({ rows }: Contents): number {
  return Object.entries(rows).reduce((sum, [table, count]) => (table === 'note' ? sum : sum + count), 0);
}
