import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY } from '../clock.ts';
import { AppError, messageOf } from '../errors.ts';

const PREFIX = '.pagebudget-making-';
const SPARE = 32 * 2 ** 20;

/** Makes a file in a folder for the owner's eyes only beside the place where it will be, so that no half of it is ever seen there; `make` moves it out when it is whole. Throws AppError `store` where the folder has no room for `bytes` or cannot be written. */
export async function inWorkshop<T>(
  folder: string,
  bytes: number,
  make: (workshop: string) => Promise<T>,
): Promise<T> {
  const workshop = open(folder);
  try {
    await sweep(folder);
    const { bavail, bsize } = await statfs(folder);
    const [needed, free] = [bytes + SPARE, bavail * bsize];
    if (free < needed) {
      throw new AppError(
        'store',
        `The copy needs ${megabytes(needed)} MB, and ${folder} has ${megabytes(free)} MB free: make room there or choose another folder.`,
      );
    }
    return await make(workshop);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function open(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(folder, PREFIX));
  } catch (error) {
    throw new AppError(
      'store',
      `Nothing can be written into ${folder}: ${messageOf(error)}. Choose another folder, or let the user that runs this process write there.`,
      { cause: error },
    );
  }
}

/** Removes what processes left that were killed at it. */
async function sweep(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(PREFIX)) continue;
    const path = join(folder, entry);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > DAY) rmSync(path, { recursive: true, force: true });
  }
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}
