import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { AppError, messageOf } from '../errors.ts';
import { name, type Statement, sql } from '../sql/statement.ts';
import { execute, readRows } from './duckdb-rows.ts';
import { createDuckdbWriter } from './duckdb-writer.ts';
import { planMigration, SCHEMA_VERSION, type StoredColumn } from './schema.ts';
import type { Row, Store } from './store.ts';

const READERS = 4;
const OPTIONS = { memory_limit: '320MB', threads: '2', enable_external_access: 'false' };

/** Opens a DuckDB file, or `:memory:`; one process owns it. Throws AppError `store` where it is locked, unreadable or newer. */
export async function openDuckdb(path: string): Promise<Store> {
  const instance = await openInstance(path);
  const writing = await instance.connect();
  await execute(writing, sql`SET lock_configuration = true`);
  await migrate(writing, path);
  const idle: DuckDBConnection[] = [];
  for (let i = 0; i < READERS; i++) idle.push(await instance.connect());
  return createStore(instance, writing, idle);
}

async function openInstance(path: string): Promise<DuckDBInstance> {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  try {
    return await DuckDBInstance.create(path, OPTIONS);
  } catch (error) {
    const text = messageOf(error);
    const advice = /lock/i.test(text)
      ? 'another process has it open: stop that one, or ask the running backend over HTTP'
      : 'check that the folder exists, is writable and has room';
    throw new AppError('store', `The store ${path} cannot be opened; ${advice}. (${text.split('\n')[0]})`, {
      cause: error,
    });
  }
}

async function migrate(connection: DuckDBConnection, path: string): Promise<void> {
  const stored = await readRows<StoredColumn & Row>(
    connection,
    sql`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()`,
  );
  if (stored.length > 0) await refuseNewer(connection, path);
  const { statements, deriveAgain } = planMigration(stored);
  await execute(connection, sql`BEGIN`);
  for (const statement of statements) await execute(connection, statement);
  if (deriveAgain)
    await execute(
      connection,
      sql`DELETE FROM ${name('note')} WHERE ${name('name')} IN ('rules', 'rules_progress')`,
    );
  await execute(connection, sql`DELETE FROM ${name('note')} WHERE ${name('name')} = 'schema'`);
  await execute(
    connection,
    sql`INSERT INTO ${name('note')} VALUES ('schema', ${String(SCHEMA_VERSION)}, NULL)`,
  );
  await execute(connection, sql`COMMIT`);
}

async function refuseNewer(connection: DuckDBConnection, path: string): Promise<void> {
  const [row] = await readRows(
    connection,
    sql`SELECT ${name('value')} FROM ${name('note')} WHERE ${name('name')} = 'schema'`,
  );
  if (Number(row?.value ?? 0) <= SCHEMA_VERSION) return;
  throw new AppError(
    'store',
    `The store ${path} was written by a newer Pagebudget (schema ${row?.value}); start that version, or name another PAGEBUDGET_STORE.`,
  );
}

function createStore(instance: DuckDBInstance, writing: DuckDBConnection, idle: DuckDBConnection[]): Store {
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  let version = 0;
  let last: Promise<unknown> = Promise.resolve();

  const take = () => {
    const connection = idle.pop();
    return connection
      ? Promise.resolve(connection)
      : new Promise<DuckDBConnection>((resolve) => waiting.push(resolve));
  };
  const giveBack = (connection: DuckDBConnection) => {
    const next = waiting.shift();
    if (next) next(connection);
    else idle.push(connection);
  };

  return {
    engine: 'duckdb',
    get version() {
      return version;
    },
    async read<R extends Row>(statement: Statement, signal?: AbortSignal) {
      const connection = await take();
      try {
        return await readRows<R>(connection, statement, signal);
      } finally {
        giveBack(connection);
      }
    },
    transact(work) {
      const run = last.then(async () => {
        const { writer, finish, changed } = createDuckdbWriter(writing);
        await execute(writing, sql`BEGIN`);
        try {
          const result = await work(writer);
          await finish();
          await execute(writing, sql`COMMIT`);
          if (changed()) version += 1;
          return result;
        } catch (error) {
          await execute(writing, sql`ROLLBACK`).catch(() => undefined);
          throw error;
        }
      });
      last = run.catch(() => undefined);
      return run;
    },
    async close() {
      await last;
      for (let i = 0; i < READERS; i++) (await take()).closeSync();
      writing.closeSync();
      instance.closeSync();
    },
  };
}
