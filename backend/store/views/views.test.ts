import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ColumnType } from '../../model/table.ts';
import { accountStore, ask, rowsOf } from '../../query/testing/account.ts';
import { name, sql } from '../../sql/statement.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';
import { engine } from '../testing/engine.ts';
import { VIEWS } from './index.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/sql.md');

const WORDS = {
  text: 'text',
  whole: 'whole number',
  number: 'number',
  boolean: 'true or false',
  time: 'time',
} as const satisfies Record<ColumnType, string>;

const SQL_TYPES = {
  duckdb: { text: 'VARCHAR', whole: 'BIGINT', number: 'DOUBLE', boolean: 'BOOLEAN', time: 'TIMESTAMP' },
  postgres: {
    text: 'text',
    whole: 'bigint',
    number: 'double precision',
    boolean: 'boolean',
    time: 'timestamp without time zone',
  },
} as const satisfies Record<string, Record<ColumnType, string>>;

let url: string;
let store: Store;
beforeAll(async () => {
  url = engine.newUrl('kept');
  store = await openStore(url);
});
afterAll(() => store.close());

it('every view is there with the columns and types that are promised', async () => {
  const columns = await store.read(
    sql`SELECT "table_name", "column_name", "data_type" FROM information_schema.columns WHERE "table_schema" = current_schema() AND "table_name" LIKE 'pagebudget_%' ORDER BY "ordinal_position"`,
  );
  const found = Object.groupBy(columns, ({ table_name }) => String(table_name));
  expect(Object.keys(found).sort()).toEqual(Object.keys(VIEWS).sort());
  for (const [view, { columns: promised }] of Object.entries(VIEWS)) {
    expect(found[view]?.map(({ column_name, data_type }) => [column_name, data_type])).toEqual(
      Object.entries(promised).map(([column, { type }]) => [column, SQL_TYPES[engine.name][type]]),
    );
  }
});

it('every view and column is told of in docs/sql.md, and no other', () => {
  const tables = Object.entries(VIEWS).map(([view, { about, columns }]) => {
    const rows = Object.entries(columns).map(
      ([column, told]) => `| ${column} | ${WORDS[told.type]} | ${told.about} |`,
    );
    return [`### ${view}`, '', about, '', '| column | | |', '|---|---|---|', ...rows, ''].join('\n');
  });
  const document = readFileSync(DOCUMENT, 'utf8');
  const begin = document.indexOf('### pagebudget_');
  expect(document.slice(begin)).toBe(tables.join('\n'));
});

it('counts what the metrics count', async () => {
  const account = await accountStore();
  const rowsIn = async (view: string, figure = sql`count(*)`, from = name(view)) =>
    Number((await account.read(sql`SELECT ${figure} AS "n" FROM ${from} AS "v"`))[0]?.n);
  const shown = {
    incidents: await rowsIn('pagebudget_incidents'),
    pages: await rowsIn('pagebudget_pages'),
    interruptions: await rowsIn('pagebudget_interruptions'),
    notifications: await rowsIn('pagebudget_notifications'),
    on_call_hours: await rowsIn(
      'pagebudget_on_call',
      sql`sum("hours")`,
      sql`(SELECT DISTINCT "user_id", "started_at", "ended_at", "hours" FROM "pagebudget_on_call")`,
    ),
  };
  for (const [metric, n] of Object.entries(shown)) {
    const [row] = rowsOf(await ask(account, { metric, format: 'table' }));
    expect(n).toBeGreaterThan(0);
    expect([metric, n]).toEqual([metric, row?.[metric]]);
  }
  const sum = sql`sum("incidents")`;
  expect(await rowsIn('pagebudget_fingerprints', sum)).toBe(shown.incidents);
  await account.close();
});

it('says nothing of a person that is kept for matching only', () => {
  const columns = Object.values(VIEWS).flatMap(({ columns }) => Object.values(columns));
  expect(columns.some(({ is }) => /email_hash|"note"/.test(is.parts.join('')))).toBe(false);
});

it('is made anew where its table is, and where its columns were others', async () => {
  const count = () => store.read(sql`SELECT count(*) AS "n" FROM ${name('pagebudget_pages')}`);
  expect(await count()).toEqual([{ n: 0 }]);
  await store.close();
  const { page_id, ...others } = VIEWS.pagebudget_pages?.columns ?? {};
  expect(page_id).toBeDefined();
  for (const statement of [
    'DROP VIEW "pagebudget_pages"',
    'DROP VIEW "pagebudget_interruptions"',
    `CREATE VIEW "pagebudget_pages" AS SELECT 1 AS "${Object.keys(others)[0]}"`,
    'ALTER TABLE "shift" ADD COLUMN "old" text',
  ])
    await engine.change(url, statement);
  store = await openStore(url);
  expect(await count()).toEqual([{ n: 0 }]);
  await store.close();
  await engine.change(url, 'DROP VIEW "pagebudget_pages"');
  await engine.change(url, 'CREATE VIEW "pagebudget_pages" AS SELECT 1 AS "paged_at"');
  await engine.change(url, `UPDATE "note" SET "value" = 'older' WHERE "name" = 'views'`);
  store = await openStore(url);
  expect(await count()).toEqual([{ n: 0 }]);
});
