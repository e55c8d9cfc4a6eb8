import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contentOf } from '../harvest/harvest.fixture.ts';
import { accountStore } from '../query/testing/account.ts';
import { sql } from '../sql/statement.ts';
import { copyStore } from './copy.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';
import { engine } from './testing/engine.ts';

let folder: string;
const closing: (() => Promise<unknown>)[] = [];
const open = async (url: string) => {
  const store = await openStore(url);
  closing.push(() => store.close());
  return store;
};
const quiet = () => undefined;

let postgres: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pagebudget-copy-'));
  postgres = await accountStore();
  closing.push(() => postgres.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const notes = (store: Store) =>
  store.read(
    sql`SELECT "name", "value" FROM "note" WHERE "name" NOT IN ('schema', 'version', 'views') ORDER BY 1`,
  );

it('an account goes from PostgreSQL to DuckDB and back, every row and note of it', async () => {
  const duckdb = await open(`duckdb:${join(folder, 'copy.duckdb')}`);
  const told: string[] = [];
  const rows = await copyStore(postgres, duckdb, (table, count) => told.push(`${table} ${count}`));
  const entries = await postgres.read(sql`SELECT count(*) AS "n" FROM "log_entry"`);
  expect(told).toContain(`log_entry ${entries[0]?.n}`);
  expect(rows).toBeGreaterThan(50);
  const back = await open(engine.newUrl());
  expect(await copyStore(duckdb, back, quiet)).toBe(rows);
  for (const copy of [duckdb, back]) {
    expect(await contentOf(copy)).toEqual(await contentOf(postgres));
    expect(await notes(copy)).toEqual(await notes(postgres));
    for (const table of [sql`"coverage"`, sql`"account"`])
      expect(await copy.read(sql`SELECT * FROM ${table} ORDER BY 1`)).toEqual(
        await postgres.read(sql`SELECT * FROM ${table} ORDER BY 1`),
      );
  }
});

it('a copy that was cut off is no account yet, and goes on with the table that was cut off', async () => {
  const to = await open(engine.newUrl());
  const cut = copyStore(postgres, to, (table) => {
    if (table === 'service') throw new Error('cut off');
  });
  await expect(cut).rejects.toThrow('cut off');
  expect(await to.read(sql`SELECT * FROM "account"`)).toEqual([]);
  const told: string[] = [];
  await copyStore(postgres, to, (table) => told.push(table));
  expect(told[0]).toBe('service');
  expect(told).not.toContain('incident');
  expect(await contentOf(to)).toEqual(await contentOf(postgres));
  expect((await notes(to)).map((note) => note.name)).not.toContain('copy');
});

it('many rows are copied in batches', async () => {
  const entries = Array.from({ length: 45_000 }, (_, i) => ({ team_id: `T${i}`, user_id: 'U' }));
  await postgres.transact((writer) => writer.put('team_member', entries));
  const duckdb = await open('duckdb::memory:');
  await copyStore(postgres, duckdb, quiet);
  const counted = sql`SELECT count(*) AS "n", count(DISTINCT "team_id") AS "ids" FROM "team_member"`;
  expect(await duckdb.read(counted)).toEqual([{ n: 45_000, ids: 45_000 }]);
});

it('a target that holds anything else, a source without an account and stores in use are refused', async () => {
  const refusal = (from: Store, to: Store) =>
    copyStore(from, to, quiet).then(
      () => 'copied',
      (error: Error) => error.message,
    );
  const [empty, other] = [await open(engine.newUrl()), await open('duckdb::memory:')];
  expect(await refusal(empty, other)).toMatch(/holds no account to copy/);
  await other.transact((writer) => writer.put('team_member', [{ team_id: 'T', user_id: 'U' }]));
  expect(await refusal(postgres, other)).toMatch(/is not empty: name an empty one/);
  await other.transact((writer) =>
    writer.put('account', [{ id: 'another', name: 'another', url: 'https://x', simulated: false }]),
  );
  expect(await refusal(postgres, other)).toMatch(/already holds the account "another": name an empty one/);
  expect(await refusal(other, postgres)).toMatch(/already holds the account "simulated"/);

  const half = await open(engine.newUrl());
  const cut = copyStore(other, half, () => {
    throw new Error('cut off');
  });
  await expect(cut).rejects.toThrow('cut off');
  expect(await refusal(postgres, half)).toMatch(/holds a part of the account "another", not of "simulated"/);

  const url = engine.newUrl();
  const [running, same] = [await open(url), await open(url)];
  expect(await running.claim()).toBe(true);
  expect(await refusal(postgres, same)).toMatch(
    /A backend runs on the store postgres:.*: stop it, then copy/,
  );
});
