import { existsSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { type Contents, contentsOf, inspect, totalOf } from './inspect.ts';
import { inWorkshop } from './workshop.ts';

/** A backup that was made and read again. */
export interface Backup {
  /** Absolute path. */
  file: string;
  /** The account's name; null for a store that holds none yet. */
  account: string | null;
  rows: number;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/;

/** Copies an open store into a file that is not there yet, while readers go on and writers wait, and reads the copy again in another process. Throws AppError `conflict`, `config` or `store`; then there is no such file. */
export async function backUp(store: Store, file: string): Promise<Backup> {
  if (existsSync(file)) throw new AppError('conflict', `${file} is there already: choose another name.`);
  const held = await inWorkshop(dirname(file), (await store.bytes()) ?? 0, async (workshop) => {
    const part = join(workshop, basename(file));
    const contents = await store.copyTo(part, contentsOf);
    compare(contents, await inspect(part));
    await rename(part, file);
    await keepName(dirname(file));
    return contents;
  });
  return { file, account: held.account?.name ?? null, rows: totalOf(held) };
}

/** The file that a backup goes into: `wanted` is a name, or a path into the folder; without it, a name of the moment. Throws AppError `config` for anything outside of the folder. */
export function backupFile(folder: string, wanted: string | undefined, now: number): string {
  const inside = resolve(folder);
  const path = resolve(inside, wanted ?? `pagebudget-${stampOf(now)}.duckdb`);
  if (dirname(path) !== inside || !NAME.test(basename(path))) {
    throw new AppError(
      'config',
      `"${wanted}" is no name for a backup: a running backend writes into its folder ${inside} only (PAGEBUDGET_BACKUPS), under names of letters, digits, ".", "_" and "-".`,
    );
  }
  return path;
}

/** An instant for a file's name. */
export function stampOf(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
}

function compare(held: Contents, copied: Contents): void {
  for (const [table, rows] of Object.entries(held.rows)) {
    if (copied.rows[table] === rows) continue;
    throw new AppError(
      'store',
      `The copy holds ${copied.rows[table]} of ${rows} rows of ${table}, so it is not kept: try again.`,
    );
  }
}

/** Sees to it that a file's name is on the disk as well. */
async function keepName(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
