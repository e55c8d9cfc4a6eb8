import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sql } from '../../sql/statement.ts';
import { type Connections, openConnections } from './connections.ts';
import { execute, readRows } from './rows.ts';

let folder = '';
let connections: Connections;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'connections-'));
  connections = await openConnections(join(folder, 'store.duckdb'));
});
afterEach(async () => {
  await connections.close();
  rmSync(folder, { recursive: true });
});

const temporaryTables = () =>
  connections.writing((writing) =>
    readRows<{ name: string }>(
      writing,
      sql`SELECT "table_name" AS "name" FROM duckdb_tables() WHERE "temporary"`,
    ),
  );

it('a file that is opened anew keeps its rows and forgets what only the process knew', async () => {
  await connections.writing(async (writing) => {
    await execute(writing, sql`INSERT INTO "note" VALUES ('a', 'b', NULL)`);
    await execute(writing, sql`CREATE TEMP TABLE "passing" ("id" text)`);
  });
  expect(await temporaryTables()).toEqual([{ name: 'passing' }]);
  connections.openAnew();
  expect(await temporaryTables()).toEqual([]);
  const rows = await connections.reading((connection) =>
    readRows(connection, sql`SELECT "value" FROM "note" WHERE "name" = 'a'`),
  );
  expect(rows).toEqual([{ value: 'b' }]);
});

it('is opened anew when those who use it are done, and whoever comes meanwhile waits', async () => {
  const order: string[] = [];
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const first = connections.reading(async (connection) => {
    begin();
    await held;
    await readRows(connection, sql`SELECT 1 AS "one"`);
    order.push('first');
  });
  await begun;
  connections.openAnew();
  const second = connections.reading(async () => void order.push('second'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(order).toEqual([]);
  letGo();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

it('work that found no memory beside others is done again once they are gone', async () => {
  const order: string[] = [];
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const beside = connections.reading(async () => {
    begin();
    await held;
    order.push('beside');
  });
  await begun;
  const hungry = (name: string) => async () => {
    order.push(name);
    if (!order.includes('beside'))
      throw new Error('Out of Memory Error: failed to pin block of size 256.0 KiB (95.2 MiB/95.3 MiB used)');
  };
  const all = [connections.writing(hungry('write')), connections.reading(hungry('read'))];
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(order).toEqual(['write', 'read']);
  letGo();
  await Promise.all([beside, ...all]);
  expect(order).toEqual(['write', 'read', 'beside', 'write', 'read']);
});

it('work that finds no memory alone either fails', async () => {
  const hungry = () => Promise.reject(new Error('Out of Memory Error: could not allocate block'));
  await expect(connections.writing(hungry)).rejects.toThrow('Out of Memory');
  await expect(connections.reading(hungry)).rejects.toThrow('Out of Memory');
});

/** Has another process open a file of its own, until it is ended. */
async function opened(path: string) {
  const script = `import { DuckDBInstance } from '@duckdb/node-api';
    globalThis.kept = await DuckDBInstance.create(process.argv[1]);
    console.log('open');
    setInterval(() => undefined, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', script, path], { stdio: 'pipe' });
  await once(other.stdout, 'data');
  return other;
}

it('a file that another process takes while it is opened anew is told to be locked, and used again once that one is gone', async () => {
  const [file, own, foreign] = ['store.duckdb', 'own.duckdb', 'foreign.duckdb'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const count = () =>
    connections.reading((connection) => readRows(connection, sql`SELECT count(*) AS "count" FROM "note"`));
  await connections.writing((writing) =>
    execute(writing, sql`INSERT INTO "note" VALUES ('a', 'b', NULL), ('c', 'd', NULL)`),
  );
  const before = await count();
  const other = await opened(foreign);
  await connections.reading(async () => {
    connections.openAnew();
    renameSync(file, own);
    renameSync(foreign, file);
  });
  const told = {
    code: 'locked',
    message: expect.stringContaining('Another process has it open: stop that one'),
  };
  await expect(count()).rejects.toMatchObject(told);
  await expect(count()).rejects.toMatchObject(told);
  other.kill();
  await once(other, 'exit');
  renameSync(own, file);
  expect(await count()).toEqual(before);
});
