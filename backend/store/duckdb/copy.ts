import { existsSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../errors.ts';
import type { Statement } from '../../sql/statement.ts';
import { sql } from '../../sql/statement.ts';
import type { Reader, Row } from '../store.ts';
import { isGivenUp } from './failure.ts';
import { copyFile, logOf } from './files.ts';
import { execute, readRows } from './rows.ts';

/**
 * Copies an open file, with its log, while nobody writes; `look` sees the same moment. Throws AppError `store`, or
 * `config` for a store in memory.
 */
export async function copyWhole<T>(
  path: string,
  writing: DuckDBConnection,
  target: string,
  look: (reader: Reader) => Promise<T>,
): Promise<T> {
  if (path === ':memory:') {
    throw new AppError(
      'config',
      'The store duckdb::memory: is kept in memory only, so there is no file to copy: name a file in PAGEBUDGET_STORE, as in duckdb:data/pagebudget.duckdb.',
    );
  }
  await execute(writing, sql`CHECKPOINT`).catch((error) => {
    if (isGivenUp(error)) throw error;
  });
  const seen = await look({ read: <R extends Row>(statement: Statement) => readRows<R>(writing, statement) });
  await copyFile(path, target);
  if (existsSync(logOf(path))) await copyFile(logOf(path), logOf(target));
  return seen;
}
