import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres } from '../backend/store/testing/postgres-server.ts';

/** Works with a new store on each engine; they are gone afterwards. Without PostgreSQL it works with DuckDB alone, but in CI it fails. */
export async function onEngines<T>(work: (stores: string[]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pagebudget-engines-'));
  const duckdb = `duckdb:${join(folder, 'proof.duckdb')}`;
  const server = process.env.CI || findPostgres() ? await startPostgres() : null;
  try {
    return await work(server ? [duckdb, server.url] : [duckdb]);
  } finally {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
