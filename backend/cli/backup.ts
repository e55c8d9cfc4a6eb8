import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { AppError, codeOf, messageOf } from '../errors.ts';
import { type Backup, backUp, backupFile } from '../operations/backup.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { backendUrl, postTo } from './backend.ts';

/** Makes a backup, by the running backend or of the store that none has open: `backup [PATH] [--url http://127.0.0.1:8686]`. */
export async function makeBackup(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { url: { type: 'string', default: backendUrl() } },
  });
  if (positionals.length > 1) throw new AppError('config', 'Name one file: npm run backup -- PATH');
  const [path] = positionals;
  const asked = await postTo<Backup>(values.url, '/backup', { file: path && absolute(path) });
  const { file, account, rows } = asked ?? (await ofStopped(path));
  process.stdout.write(
    `${rows} rows of the account ${account ?? '(none yet)'} are in ${file}, read again.\n`,
  );
  return 0;
}

/** A path means one of this command's folder, a mere name one of the backend's. */
function absolute(path: string): string {
  return /[\\/]/.test(path) ? resolve(path) : path;
}

async function ofStopped(path: string | undefined): Promise<Backup> {
  const config = readConfig(process.env);
  const file = path ? resolve(path) : backupFile(config.backups, undefined, systemClock.now());
  return withStopped(config.store, (store) => backUp(store, file));
}

/** Works with a store that no process has open. Throws AppError `locked` where one has. */
export async function withStopped<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(url).catch((error: unknown) => {
    if (codeOf(error) !== 'locked') throw error;
    throw new AppError(
      'locked',
      `${messageOf(error)} Name where the backend that has it listens: --url http://host:port.`,
      { cause: error },
    );
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
