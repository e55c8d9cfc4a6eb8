import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Client } from 'pg';
import { inject } from 'vitest';
import { openStore } from '../open.ts';
import { postgresTarget } from '../postgres/target.ts';
import type { Store } from '../store.ts';

/** What a suite needs of the engine that it runs on. */
export interface Engine {
  name: 'duckdb' | 'postgres';
  /** Names a new, empty store, as PAGEBUDGET_STORE would; `kept` ones outlive their process. */
  newUrl(kept?: 'kept'): string;
  /** Changes a store behind Pagebudget's back, while it is closed. */
  change(url: string, statement: string): Promise<void>;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's PostgreSQL server is, for suites that run on PostgreSQL. */
    postgres: string;
    /** The same as the server's superuser. */
    postgresSuperuser: string;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-stores-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const duckdb: Engine = {
  name: 'duckdb',
  newUrl: (kept) => (kept ? `duckdb:${join(folder, `${made++}.duckdb`)}` : 'duckdb::memory:'),
  async change(url, statement) {
    const instance = await DuckDBInstance.create(url.replace('duckdb:', ''));
    const connection = await instance.connect();
    await connection.run(statement);
    connection.closeSync();
    instance.closeSync();
  },
};

const postgres: Engine = {
  name: 'postgres',
  newUrl: () => `${inject('postgres')}?schema=test_${process.pid}_${made++}`,
  async change(url, statement) {
    const client = new Client(postgresTarget(url.replace('postgres:', '')).client);
    await client.connect();
    await client.query(statement);
    await client.end();
  },
};

/** The engine of this run: a suite listed for vitest's project `postgres` runs there again as it is. */
export const engine: Engine = inject('postgres') ? postgres : duckdb;

/** Opens a new, empty store that nobody needs later. */
export function newStore(): Promise<Store> {
  return openStore(engine.newUrl());
}
