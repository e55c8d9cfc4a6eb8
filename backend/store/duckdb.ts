import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { AppError, messageOf } from '../errors.ts';
import { type Statement, sql } from '../sql/statement.ts';
import { execute, readChunks, readRows } from './duckdb-rows.ts';
import { createDuckdbWriter } from './duckdb-writer.ts';
import { migrate } from './migrate.ts';
import type { Layout } from './schema.ts';
import type { Row, Store } from './store.ts';

const READERS = 4;
const LAYOUT = {
  types: {
    text: sql`text`,
    whole: sql`bigint`,
    number: sql`float8`,
    boolean: sql`boolean`,
    time: sql`timestamp`,
  },
  keyed: false,
} as const satisfies Layout;
const OPTIONS = { memory_limit: '320MB', threads: '2', enable_external_access: 'false' };

/** Opens a DuckDB file, or `:memory:`; one process owns it. Throws AppError `store` where it is locked, unreadable or newer. */
export async function openDuckdb(path: string): Promise<Store> {
  const instance = await openInstance(path);
  const writing = await instance.connect();
  await execute(writing, sql`SET lock_configuration = true`);
  await bringUpToDate(writing, path);
  const idle: DuckDBConnection[] = [];
  for (let i = 0; i < READERS; i++) idle.push(await instance.connect());
  return createStore(path, instance, writing, idle);
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

async function bringUpToDate(connection: DuckDBConnection, path: string): Promise<void> {
  await execute(connection, sql`BEGIN`);
  const migrating = {
    read: <R extends Row>(statement: Statement) => readRows<R>(connection, statement),
    execute: (statement: Statement) => execute(connection, statement),
  };
  await migrate(migrating, path, LAYOUT);
  await execute(connection, sql`COMMIT`);
}

function createStore(
  path: string,
  instance: DuckDBInstance,
  writing: DuckDBConnection,
  idle: DuckDBConnection[],
): Store {
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
    name: `duckdb:${path}`,
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
    claim: async () => true,
    async *chunks(statement) {
      const connection = await take();
      try {
        yield* readChunks(connection, statement);
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
