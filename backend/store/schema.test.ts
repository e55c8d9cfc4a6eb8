import { expect, it } from 'vitest';
import { TABLES } from '../model/index.ts';
import { sql, textOf } from '../sql/statement.ts';
import { type Layout, planMigration, type StoredColumn } from './schema.ts';

const layout: Layout = {
  types: {
    text: sql`text`,
    whole: sql`bigint`,
    number: sql`float8`,
    boolean: sql`boolean`,
    time: sql`timestamp`,
  },
  keyed: false,
};

const stored: StoredColumn[] = Object.entries(TABLES).flatMap(([table_name, table]) =>
  Object.keys(table.columns).map((column_name) => ({ table_name, column_name })),
);

const without = (table: string, column: string) =>
  stored.filter((one) => !(one.table_name === table && one.column_name === column));

it('makes every table in an empty store', () => {
  const { statements, deriveAgain } = planMigration([], layout);
  expect(statements).toHaveLength(Object.keys(TABLES).length);
  expect(deriveAgain).toBe(false);
});

it('gives tables primary keys where the layout says so', () => {
  const { statements } = planMigration([], { ...layout, keyed: true });
  expect(statements.map(textOf)).toContain(
    'CREATE TABLE "team_member" ("team_id" text, "user_id" text, PRIMARY KEY ("team_id", "user_id"))',
  );
});

it('has nothing to do where the store is as the model', () => {
  expect(planMigration(stored, layout)).toEqual({ statements: [], deriveAgain: false });
});

it('adds a raw column that is missing and keeps the rows', () => {
  const { statements, deriveAgain } = planMigration(without('service', 'runbook'), layout);
  expect(statements.map(textOf)).toEqual(['ALTER TABLE "service" ADD COLUMN "runbook" text']);
  expect(deriveAgain).toBe(false);
});

it('makes a new fact table in a store that has others, and has the facts derived', () => {
  const without = stored.filter(({ table_name }) => table_name !== 'notification');
  const { statements, deriveAgain } = planMigration(without, layout);
  expect(statements.map((statement) => textOf(statement).slice(0, 27))).toEqual([
    'CREATE TABLE "notification"',
  ]);
  expect(deriveAgain).toBe(true);
});

it('makes a changed fact table anew and has the facts derived again', () => {
  const { statements, deriveAgain } = planMigration(without('page', 'night'), layout);
  expect(statements.map((statement) => textOf(statement).slice(0, 19))).toEqual([
    'DROP TABLE "page"',
    'CREATE TABLE "page"',
  ]);
  expect(deriveAgain).toBe(true);
});
