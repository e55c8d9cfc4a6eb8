import { existsSync } from 'node:fs';
import { link, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError, codeOf } from '../errors.ts';
import { copyFile, logOf } from '../store/duckdb/files.ts';
import { openStore } from '../store/open.ts';
import { stampOf } from './backup.ts';
import { contentsOf, inspect, totalOf } from './inspect.ts';
import { inWorkshop } from './workshop.ts';

/** What a restore may do besides. */
export interface RestoreOptions {
  /** Also where the store holds another account than the backup. */
  otherAccount: boolean;
  now: number;
}

/** A store that was made from a backup. */
export interface Restored {
  account: string;
  rows: number;
  /** Where the file is that was there before; null where there was none. */
  aside: string | null;
}

/** Puts a backup in the place of a store that no process has open, and keeps the file that was there. Throws AppError `conflict`, `locked`, `config` or `store`; then the store is as it was. */
export async function restore(url: string, backup: string, options: RestoreOptions): Promise<Restored> {
  const target = targetOf(url);
  if (!existsSync(backup)) throw new AppError('config', `There is no backup ${backup}.`);
  const held = await accountIn(url, target);
  const size = (await stat(backup)).size;
  return inWorkshop(dirname(target), size, async (workshop) => {
    const part = join(workshop, basename(target));
    await copyFile(backup, part);
    const contents = await inspect(part);
    if (!contents.account) {
      throw new AppError('config', `${backup} holds no account: it is no backup of Pagebudget.`);
    }
    const { id, name } = contents.account;
    if (held !== null && held !== id && !options.otherAccount) {
      throw new AppError(
        'conflict',
        `The store ${target} holds the account "${held}", the backup "${id}": add --other-account to put the one in the place of the other, or name another PAGEBUDGET_STORE.`,
      );
    }
    return { account: name, rows: totalOf(contents), aside: await exchange(part, target, options.now) };
  });
}

function targetOf(url: string): string {
  const path = /^duckdb:(.+)$/.exec(url)?.[1];
  if (path === undefined || path === ':memory:') {
    throw new AppError(
      'config',
      'A backup is restored into a DuckDB file: name one in PAGEBUDGET_STORE, as in duckdb:data/pagebudget.duckdb. A PostgreSQL store is restored with pg_restore, or filled from a DuckDB file with npm run copy-store.',
    );
  }
  return resolve(path);
}

/** The account that a store holds; null for none, or where the file cannot be read. Throws AppError `locked` while a process has it open. */
async function accountIn(url: string, target: string): Promise<string | null> {
  if (!existsSync(target)) return null;
  try {
    const store = await openStore(url);
    try {
      return (await contentsOf(store)).account?.id ?? null;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (codeOf(error) !== 'locked') return null;
    throw new AppError('locked', `A backend runs on the store ${target}: stop it, then restore.`, {
      cause: error,
    });
  }
}

async function exchange(part: string, target: string, now: number): Promise<string | null> {
  const there = existsSync(target);
  const aside = `${target}.before-restore-${stampOf(now)}`;
  if (existsSync(logOf(target))) await rename(logOf(target), logOf(aside));
  if (there) await link(target, aside).catch(() => rename(target, aside));
  await rename(part, target);
  return there ? aside : null;
}
