import { AppError } from '../errors.ts';
import { openDuckdb } from './duckdb/duckdb.ts';
import { openPostgres } from './postgres/postgres.ts';
import type { Store } from './store.ts';

/** The engines by the scheme of PAGEBUDGET_STORE. */
export const ENGINES = {
  duckdb: openDuckdb,
  postgres: openPostgres,
  postgresql: openPostgres,
} as const satisfies Record<string, (location: string) => Promise<Store>>;

/** Opens the store that `url` names (`duckdb:PATH`, `duckdb::memory:`, `postgres://user:password@host/database?schema=…`), made or brought up to date where needed. */
export async function openStore(url: string): Promise<Store> {
  const colon = url.indexOf(':');
  const scheme = url.slice(0, colon);
  const open = Object.entries(ENGINES).find(([engine]) => engine === scheme)?.[1];
  if (!open) {
    throw new AppError(
      'config',
      `No store of the kind "${scheme}": use ${Object.keys(ENGINES).join(', ')}, as in duckdb:data/pagebudget.duckdb or postgres://user:password@host/database.`,
    );
  }
  return open(url.slice(colon + 1));
}
