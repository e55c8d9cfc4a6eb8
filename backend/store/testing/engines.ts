import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Client } from 'pg';
import { inject } from 'vitest';
import { openStore } from '../open.ts';
import { postgresTarget } from '../postgres-target.ts';
import type { Store } from '../store.ts';

/** An engine that a suite runs on. */
export interface Engine {
  /** Names a new, empty store, as PAGEBUDGET_STORE would; `kept` ones outlive their process. */
  newUrl(kept?: 'kept'): string;
  /** Changes a store behind Pagebudget's back, while it is closed. */
  change(url: string, statement: string): Promise<void>;
}

const server = inject('postgres');
const folder = mkdtempSync(join(tmpdir(), 'pagebudget-stores-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const duckdb: Engine = {
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
  newUrl: () => `${server}?schema=test_${process.pid}_${made++}`,
  async change(url, statement) {
    const client = new Client(postgresTarget(url.replace('postgres:', '')).client);
    await client.connect();
    await client.query(statement);
    await client.end();
  },
};

/** The engines that suites run on, for `describe.each`; PostgreSQL is missing only where it is not installed. */
export const engines: [name: string, engine: Engine][] = [
  ['duckdb', duckdb],
  ...(server ? [['postgres', postgres] satisfies [string, Engine]] : []),
];

/** Opens a new, empty store that nobody needs later. */
export function newStore(engine: Engine): Promise<Store> {
  return openStore(engine.newUrl());
}
