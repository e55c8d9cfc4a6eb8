import { parseArgs } from 'node:util';
import { AppError } from '../errors.ts';
import { copyStore } from '../store/copy.ts';
import { openStore } from '../store/open.ts';

/** Copies an account's data from one store to another, empty one: `copy-store FROM TO`, each as PAGEBUDGET_STORE names it. */
export async function copyStores(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [fromUrl, toUrl, ...others] = positionals;
  if (!fromUrl || !toUrl || others.length > 0 || fromUrl === toUrl) {
    throw new AppError(
      'config',
      'Name two stores: npm run copy-store -- duckdb:data/pagebudget.duckdb postgres://user@host/database',
    );
  }
  const from = await openStore(fromUrl);
  try {
    const to = await openStore(toUrl);
    try {
      const rows = await copyStore(from, to, (table, count) =>
        process.stderr.write(`${table}: ${count} rows\n`),
      );
      process.stdout.write(`${rows} rows of ${from.name} are in ${to.name}, every table counted.\n`);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
  return 0;
}
