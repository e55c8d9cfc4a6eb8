import { Client, type ClientBase } from 'pg';
import { AppError } from '../../errors.ts';
import { name, type Statement, sql } from '../../sql/statement.ts';
import { migrate } from '../migrate.ts';
import type { Row } from '../store.ts';
import { grantAgain, noteGrants } from './grants.ts';
import { POSTGRES_INDEXES, POSTGRES_LAYOUT } from './layout.ts';
import { claimWriting, lockMigration } from './locks.ts';
import { run } from './rows.ts';
import type { PostgresTarget } from './target.ts';

const OLDEST = 14;

/** Makes the schema and brings its tables to the model; processes that start at once do so one after the other. Throws AppError `store` or what `pg` throws. */
export async function preparePostgres(target: PostgresTarget): Promise<void> {
  const client = new Client(target.client);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await checkServer(client, target);
    await client.query('BEGIN');
    await lockMigration(client, target.schema);
    await makeSchema(client, target.schema);
    await bringUpToDate(client, target);
    await makeIndexes(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** Says why a server cannot hold a store; null where it can. */
export function unfit(version: number, encoding: string): string | null {
  if (version < OLDEST * 10_000)
    return `is PostgreSQL ${Math.floor(version / 10_000)}; Pagebudget needs ${OLDEST} or newer.`;
  if (encoding !== 'UTF8')
    return `keeps text in ${encoding}: make the database with ENCODING 'UTF8' TEMPLATE template0.`;
  return null;
}

async function checkServer(client: ClientBase, target: PostgresTarget): Promise<void> {
  const { rows } = await run(
    client,
    sql`SELECT CAST(current_setting('server_version_num') AS integer) AS "version", current_setting('server_encoding') AS "encoding"`,
  );
  const reason = unfit(Number(rows[0]?.version), String(rows[0]?.encoding));
  if (reason) throw new AppError('store', `The store ${target.name} ${reason}`);
}

async function makeSchema(client: ClientBase, schema: string): Promise<void> {
  const { rows } = await run(client, sql`SELECT 1 AS "one" FROM pg_namespace WHERE "nspname" = ${schema}`);
  if (rows.length === 0) await run(client, sql`CREATE SCHEMA ${name(schema)}`);
}

async function bringUpToDate(client: ClientBase, target: PostgresTarget): Promise<void> {
  let changes = false;
  const store = {
    read: async <R extends Row>(statement: Statement) => (await run<R>(client, statement)).rows,
    execute: async (statement: Statement) => void (await run(client, statement)),
    async beforeChange() {
      if (!(await claimWriting(client, target.schema))) throw inUse(target);
      await noteGrants(client);
      changes = true;
    },
  };
  await migrate(store, target.name, POSTGRES_LAYOUT);
  if (changes) await grantAgain(client);
}

function inUse(target: PostgresTarget): AppError {
  return new AppError(
    'store',
    `The tables of ${target.name} must be brought up to date, but another process writes to them: stop that one first.`,
  );
}

async function makeIndexes(client: ClientBase): Promise<void> {
  const { rows } = await run(
    client,
    sql`SELECT "indexname" FROM pg_indexes WHERE "schemaname" = current_schema()`,
  );
  const there = new Set(rows.map(({ indexname }) => indexname));
  for (const index of POSTGRES_INDEXES) if (!there.has(index.name)) await run(client, index.statement);
}
