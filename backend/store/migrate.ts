import { AppError } from '../errors.ts';
import { name, type Statement, sql } from '../sql/statement.ts';
import { type Layout, planMigration, SCHEMA_VERSION, type StoredColumn } from './schema.ts';
import type { Row } from './store.ts';

/** A transaction in which a store is brought up to date. */
export interface Migrating {
  read<R extends Row>(statement: Statement): Promise<R[]>;
  execute(statement: Statement): Promise<void>;
  /** Called once, before the first change to tables that are there; throws where they may not be changed now. */
  beforeChange?(): Promise<void>;
}

/** Brings tables, views and notes of a store to the model, inside a transaction. Throws AppError `store` for a store of a newer Pagebudget. */
export async function migrate(store: Migrating, label: string, layout: Layout): Promise<void> {
  const stored = await store.read<StoredColumn & Row>(
    sql`SELECT "table_name", "column_name" FROM information_schema.columns WHERE "table_schema" = current_schema()`,
  );
  const isNew = !stored.some(({ table_name }) => table_name === 'note');
  const version = isNew ? 0 : await noted(store, 'schema');
  if (version > SCHEMA_VERSION) {
    throw new AppError(
      'store',
      `The store ${label} was written by a newer Pagebudget (schema ${version}); start that version, or name another PAGEBUDGET_STORE.`,
    );
  }
  const { statements, deriveAgain } = planMigration(stored, layout);
  if (statements.length > 0 && !isNew) await store.beforeChange?.();
  for (const statement of statements) await store.execute(statement);
  if (deriveAgain) await store.execute(sql`DELETE FROM "note" WHERE "name" IN ('rules', 'rules_progress')`);
  if (version === SCHEMA_VERSION) return;
  await store.execute(sql`DELETE FROM "note" WHERE "name" = 'schema'`);
  await store.execute(sql`INSERT INTO "note" ("name", "value") VALUES ('schema', ${String(SCHEMA_VERSION)})`);
}

async function noted(store: Migrating, note: string): Promise<number> {
  const [row] = await store.read(sql`SELECT "value" FROM ${name('note')} WHERE "name" = ${note}`);
  return Number(row?.value ?? 0);
}
