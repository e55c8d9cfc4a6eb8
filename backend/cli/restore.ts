import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { restore } from '../operations/restore.ts';

/** Puts a backup in the place of the store: `restore PATH [--other-account]`. */
export async function restoreBackup(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'other-account': { type: 'boolean', default: false } },
  });
  const [path, ...others] = positionals;
  if (!path || others.length > 0) throw new AppError('config', 'Name one backup: npm run restore -- PATH');
  const { store } = readConfig(process.env);
  const { account, rows, aside } = await restore(store, resolve(path), {
    otherAccount: values['other-account'],
    now: systemClock.now(),
  });
  process.stdout.write(`${rows} rows of the account ${account} are in ${store}.\n`);
  if (aside) process.stdout.write(`What was there before is in ${aside}.\n`);
  return 0;
}
