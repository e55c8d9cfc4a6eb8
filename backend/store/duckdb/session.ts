import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { AppError, messageOf } from '../../errors.ts';
import { type Statement, sql } from '../../sql/statement.ts';
import { migrate } from '../migrate.ts';
import type { Layout } from '../schema.ts';
import type { Row } from '../store.ts';
import { adviceOn, isLocked } from './failure.ts';
import { execute, readRows } from './rows.ts';

/** An open file with the one connection that writes and those that read and are free. */
export interface Session {
  instance: DuckDBInstance;
  writing: DuckDBConnection;
  idle: DuckDBConnection[];
}

/** How many questions are answered at a time. */
export const READERS = 4;

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

/**
 * Checkpoints are made by the store itself, where the disk has room for one; the memory is a part of the 512 MB that the
 * process is meant to take. Each question runs in the one thread that asks it: a dashboard asks more of them at a time
 * than a small machine has cores, and threads beyond those keep JavaScript from reading the rows.
 */
const OPTIONS = {
  memory_limit: '100MB',
  threads: '1',
  enable_external_access: 'false',
  checkpoint_threshold: '16TB',
};

/** Where a store in memory puts what a question is too big for; a file has a folder beside it for that. */
const BESIDE = { temp_directory: join(tmpdir(), `pagebudget-${process.pid}`) };

/** Opens a file, or `:memory:`, and brings its tables to the model. Throws AppError `store`, or `locked` while another process has the file. */
export async function openSession(path: string): Promise<Session> {
  const instance = await openInstance(path);
  try {
    const writing = await instance.connect();
    await execute(writing, sql`SET lock_configuration = true`);
    await bringUpToDate(writing, path);
    const idle: DuckDBConnection[] = [];
    for (let i = 0; i < READERS; i++) idle.push(await instance.connect());
    return { instance, writing, idle };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** Lets the file go. */
export function closeSession({ instance, writing, idle }: Session): void {
  for (const connection of [...idle, writing]) connection.closeSync();
  instance.closeSync();
}

async function openInstance(path: string): Promise<DuckDBInstance> {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    return await DuckDBInstance.create(path, path === ':memory:' ? { ...BESIDE, ...OPTIONS } : OPTIONS);
  } catch (error) {
    const advice = adviceOn(error) ?? 'Check that the folder exists, is writable and has room';
    const [first] = messageOf(error).split('\n');
    throw new AppError(
      isLocked(error) ? 'locked' : 'store',
      `The store ${path} cannot be opened. ${advice}. (${first})`,
      { cause: error },
    );
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
