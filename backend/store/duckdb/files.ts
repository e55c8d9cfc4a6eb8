import { stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { runChild } from '../../child.ts';
import { sql } from '../../sql/statement.ts';
import { execute } from './rows.ts';

const COPYING = join(import.meta.dirname, 'copy-process.ts');

const MEGABYTE = 2 ** 20;

/** The length of the log from which on its rows are moved into the file. */
const LONG = 16 * MEGABYTE;

/** Room that a checkpoint may need beside that for the rows of the log. */
const SPARE = 64 * MEGABYTE;

/** The file that holds what was committed since the last checkpoint. */
export function logOf(path: string): string {
  return `${path}.wal`;
}

/** Bytes that a store takes on disk; null for one in memory. Looks at names only: who opens and closes a file in the process that has it locked lets the lock go. */
export async function sizeOf(path: string): Promise<number | null> {
  if (path === ':memory:') return null;
  return (await lengthOf(path)) + (await lengthOf(logOf(path)));
}

/** Bytes that are free for this user where `path` lies. */
export async function roomAt(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(dirname(path));
  return bavail * bsize;
}

/** Moves the rows of a long log into the file, unless the disk has no room for it: DuckDB gives up on a file whose checkpoint fails. Tells whether it did. */
export async function checkpointDue(path: string, connection: DuckDBConnection): Promise<boolean> {
  if (path === ':memory:') return false;
  const length = await lengthOf(logOf(path));
  if (length < LONG || (await roomAt(path)) < length + SPARE) return false;
  await execute(connection, sql`CHECKPOINT`);
  return true;
}

/** Copies a file, in another process: one that opens and closes a file loses all its locks on it. Throws AppError `store`. */
export async function copyFile(from: string, to: string): Promise<void> {
  await runChild(COPYING, [from, to]);
}

async function lengthOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
