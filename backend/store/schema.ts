import { TABLES, type TableName } from '../model/index.ts';
import type { ColumnType, Table } from '../model/table.ts';
import { join, name, type Statement, sql } from '../sql/statement.ts';

/** Version of the stored schema; a store with a higher one was written by a newer Pagebudget. */
export const SCHEMA_VERSION = 5;

/** What differs between engines in how the model's tables are made. */
export interface Layout {
  /** The SQL type of each kind of column. */
  types: Readonly<Record<ColumnType, Statement>>;
  /** True where a table gets a primary key; DuckDB's would slow loading and swell the file. */
  keyed: boolean;
}

/** A column as information_schema tells it. */
export interface StoredColumn {
  table_name: string;
  column_name: string;
}

/** What must be done to a store to bring it to the model, and whether facts must be derived again for it. */
export interface Migration {
  statements: Statement[];
  deriveAgain: boolean;
}

/** The table named, as data. */
export function tableOf(table: TableName): Table {
  return TABLES[table];
}

/** Compares what is stored with the model: new tables and columns are added, changed fact tables made anew. */
export function planMigration(stored: readonly StoredColumn[], layout: Layout): Migration {
  const migration: Migration = { statements: [], deriveAgain: false };
  for (const table of Object.keys(TABLES) as TableName[]) {
    const columns = stored
      .filter((column) => column.table_name === table)
      .map((column) => column.column_name);
    if (columns.length === 0) {
      migration.statements.push(createTable(table, layout));
      migration.deriveAgain ||= stored.length > 0 && tableOf(table).kind === 'fact';
    } else amendTable(table, new Set(columns), layout, migration);
  }
  return migration;
}

function amendTable(
  table: TableName,
  columns: ReadonlySet<string>,
  layout: Layout,
  migration: Migration,
): void {
  const model = tableOf(table);
  const missing = Object.keys(model.columns).filter((column) => !columns.has(column));
  if (model.kind === 'fact') {
    if (missing.length === 0 && columns.size === Object.keys(model.columns).length) return;
    migration.statements.push(sql`DROP TABLE ${name(table)}`, createTable(table, layout));
    migration.deriveAgain = true;
    return;
  }
  for (const column of missing) {
    migration.statements.push(
      sql`ALTER TABLE ${name(table)} ADD COLUMN ${definition(model, column, layout)}`,
    );
  }
}

function createTable(table: TableName, layout: Layout): Statement {
  const model = tableOf(table);
  const columns = Object.keys(model.columns).map((column) => definition(model, column, layout));
  const key = layout.keyed ? [sql`PRIMARY KEY (${join(model.key.map(name), ', ')})`] : [];
  return sql`CREATE TABLE ${name(table)} (${join([...columns, ...key], ', ')})`;
}

function definition(model: Table, column: string, layout: Layout): Statement {
  const type = model.columns[column]?.type ?? 'text';
  return sql`${name(column)} ${layout.types[type]}`;
}
