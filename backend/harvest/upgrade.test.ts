import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { TABLES, type TableName } from '../model/index.ts';
import { accountStore, FROM, ROWS, TO } from '../query/testing/account.ts';
import { name, sql } from '../sql/statement.ts';
import { openStore } from '../store/open.ts';
import { SCHEMA_VERSION } from '../store/schema.ts';
import type { Row, Store } from '../store/store.ts';
import { FIRST_SCHEMA } from '../store/testing/first-schema.ts';
import { deriveAll } from './derive-all.ts';
import { contentOf } from './harvest.fixture.ts';

const context = {
  settings: readConfig({}),
  covered: { from: Date.parse(FROM), until: Date.parse(TO) },
};

let folder: string;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pagebudget-upgrade-'));
  url = `duckdb:${join(folder, 'first.duckdb')}`;
  await makeFirst(join(folder, 'first.duckdb'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A store as version 0.1.0 left it: its tables, the account's raw rows, and facts of rules that are no more. */
async function makeFirst(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of FIRST_SCHEMA) await connection.run(statement);
  for (const [table, rows] of Object.entries(ROWS)) {
    for (const row of rows as readonly Row[]) await connection.run(insert(table as TableName, row));
  }
  await connection.run(`INSERT INTO "note" VALUES ('schema', '1', NULL), ('rules', 'of old', NULL)`);
  await connection.run(
    `INSERT INTO "page" ("id", "incident_id", "user_id", "time", "means") VALUES ('L05', 'I1', 'Ann', TIMESTAMP '2026-03-03 03:00:00', 'push')`,
  );
  connection.closeSync();
  instance.closeSync();
}

function insert(table: TableName, row: Row): string {
  const columns: Record<string, { type: string }> = TABLES[table].columns;
  const first = FIRST_SCHEMA.find((statement) => statement.startsWith(`CREATE TABLE "${table}"`)) ?? '';
  const cells = Object.entries(row).filter(([column]) => first.includes(`"${column}" `));
  const values = cells.map(([column, value]) => {
    if (value === null) return 'NULL';
    if (columns[column]?.type === 'time')
      return `TIMESTAMP '${new Date(Number(value)).toISOString().slice(0, -1)}'`;
    return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
  });
  return `INSERT INTO "${table}" (${cells.map(([column]) => `"${column}"`).join(', ')}) VALUES (${values.join(', ')})`;
}

const rowsOf = async (store: Store, table: string) => store.read(sql`SELECT * FROM ${name(table)}`);

it('a store of the first version keeps every raw row and gets its facts derived again', async () => {
  const upgraded = await openStore(url);
  for (const [table, rows] of Object.entries(ROWS)) {
    expect(await rowsOf(upgraded, table), table).toHaveLength(rows.length);
  }
  await deriveAll(upgraded, context);
  const fresh = await accountStore();
  await deriveAll(fresh, context);
  expect(await contentOf(upgraded)).toEqual(await contentOf(fresh));
  expect(await rowsOf(upgraded, 'note')).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'schema', value: String(SCHEMA_VERSION) })]),
  );
  await upgraded.close();
  await fresh.close();
});

it('is brought up to date once, and stays so', async () => {
  await (await openStore(url)).close();
  const again = await openStore(url);
  await deriveAll(again, context);
  const facts = await rowsOf(again, 'page');
  await again.close();
  const third = await openStore(url);
  expect(await rowsOf(third, 'page')).toEqual(facts);
  await third.close();
});

it('no raw column that a row must have is new since the first version: old rows have none', () => {
  const missing = Object.entries(TABLES).flatMap(([table, model]) => {
    const first = FIRST_SCHEMA.find((statement) => statement.startsWith(`CREATE TABLE "${table}"`));
    if (!first || model.kind === 'fact') return [];
    return Object.entries(model.columns)
      .filter(([column, kind]) => !('optional' in kind) && !first.includes(`"${column}" `))
      .map(([column]) => `${table}.${column}`);
  });
  expect(missing).toEqual([]);
});
