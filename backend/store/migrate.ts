import { AppError } from '../errors.ts';
import { type Statement, sql } from '../sql/statement.ts';
import { type Layout, planMigration, SCHEMA_VERSION, type StoredColumn } from './schema.ts';
import type { Row } from './store.ts';
import { createViews, dropViews, VIEWS_VERSION } from './views/index.ts';

/** A transaction in which a store is brought up to date. */
export interface Migrating {
  read<R extends Row>(statement: Statement): Promise<R[]>;
  execute(statement: Statement): Promise<unknown>;
  /** Called once, before the first change to tables that are there; throws where they may not be changed now. */
  beforeChange?(): Promise<void>;
}

const VERSION_NOTE = 'schema';
const VIEWS_NOTE = 'views';

/** Brings tables, views and notes of a store to the model, inside a transaction. Throws AppError `store` for a store of a newer Pagebudget. */
export async function migrate(store: Migrating, label: string, layout: Layout): Promise<void> {
  const stored = await store.read<StoredColumn & Row>(
    sql`SELECT "table_name", "column_name" FROM information_schema.columns WHERE "table_schema" = current_schema() ORDER BY "table_name", "ordinal_position"`,
  );
  const isNew = !stored.some(({ table_name }) => table_name === 'note');
  const version = isNew ? null : await noted(store, VERSION_NOTE);
  if (Number(version) > SCHEMA_VERSION) {
    throw new AppError(
      'store',
      `The store ${label} was written by a newer Pagebudget (schema ${version}); start that version, or name another PAGEBUDGET_STORE.`,
    );
  }
  const views = isNew ? null : await noted(store, VIEWS_NOTE);
  const { statements, deriveAgain } = planMigration(stored, layout);
  if (statements.length === 0 && version === String(SCHEMA_VERSION) && views === VIEWS_VERSION) return;
  if (!isNew) await store.beforeChange?.();
  for (const statement of [...dropViews(columnsOf(stored), deriveAgain), ...statements, ...createViews()])
    await store.execute(statement);
  if (deriveAgain) await store.execute(sql`DELETE FROM "note" WHERE "name" IN ('rules', 'rules_progress')`);
  await writeNote(store, VERSION_NOTE, String(SCHEMA_VERSION));
  await writeNote(store, VIEWS_NOTE, VIEWS_VERSION);
}

function columnsOf(stored: readonly StoredColumn[]): Map<string, string[]> {
  const tables = Map.groupBy(stored, ({ table_name }) => table_name);
  return new Map(
    [...tables].map(([table, columns]) => [table, columns.map(({ column_name }) => column_name)]),
  );
}

async function noted(store: Migrating, note: string): Promise<string | null> {
  const [row] = await store.read(sql`SELECT "value" FROM "note" WHERE "name" = ${note}`);
  return row ? String(row.value) : null;
}

async function writeNote(store: Migrating, note: string, value: string): Promise<void> {
  await store.execute(sql`DELETE FROM "note" WHERE "name" = ${note}`);
  await store.execute(sql`INSERT INTO "note" ("name", "value") VALUES (${note}, ${value})`);
}
