import { expect, it } from 'vitest';
import { TABLES } from '../model/index.ts';
import { textOf } from '../sql/statement.ts';
import { planMigration, type StoredColumn } from './schema.ts';

const stored: StoredColumn[] = Object.entries(TABLES).flatMap(([table_name, table]) =>
  Object.keys(table.columns).map((column_name) => ({ table_name, column_name })),
);

const without = (table: string, column: string) =>
  stored.filter((one) => !(one.table_name === table && one.column_name === column));

it('makes every table in an empty store', () => {
  const { statements, deriveAgain } = planMigration([]);
  expect(statements).toHaveLength(Object.keys(TABLES).length);
  expect(deriveAgain).toBe(false);
});

it('has nothing to do where the store is as the model', () => {
  expect(planMigration(stored)).toEqual({ statements: [], deriveAgain: false });
});

it('adds a raw column that is missing and keeps the rows', () => {
  const { statements, deriveAgain } = planMigration(without('service', 'runbook'));
  expect(statements.map(textOf)).toEqual(['ALTER TABLE "service" ADD COLUMN "runbook" text']);
  expect(deriveAgain).toBe(false);
});

it('makes a changed fact table anew and has the facts derived again', () => {
  const { statements, deriveAgain } = planMigration(without('page', 'night'));
  expect(statements.map((statement) => textOf(statement).slice(0, 19))).toEqual([
    'DROP TABLE "page"',
    'CREATE TABLE "page"',
  ]);
  expect(deriveAgain).toBe(true);
});
