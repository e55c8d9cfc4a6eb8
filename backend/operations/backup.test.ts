import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { backUp, backupFile } from './backup.ts';
import { inspect } from './inspect.ts';
import { restore } from './restore.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');

let folder: string;
let url: string;
let store: Store;

const team = (id: string): RowOf<'team'> => ({
  id,
  name: `team ${id}`,
  url: null,
  listed: true,
  deleted_at: null,
});
const account = (id: string): RowOf<'account'> => ({
  id,
  name: id,
  url: `https://${id}.pagerduty.com`,
  simulated: true,
});
const teamsOf = async (reader: Store) =>
  (await reader.read(sql`SELECT "id" FROM "team" ORDER BY 1`)).map((row) => String(row.id));

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pagebudget-backup-'));
  url = `duckdb:${join(folder, 'store.duckdb')}`;
  store = await openStore(url);
  await store.transact(async (writer) => {
    await writer.put('account', [account('acme')]);
    await writer.put('team', [team('A'), team('B')]);
  });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

it('a backup holds one moment, between two transactions, while readers and writers go on', async () => {
  const file = join(folder, 'backups', 'one.duckdb');
  let making = true;
  const backup = backUp(store, file).finally(() => {
    making = false;
  });
  for (let i = 1; making; i++) {
    await store.transact((writer) => writer.put('team', [team(`one ${i}`), team(`two ${i}`)]));
    expect(await teamsOf(store)).toHaveLength(2 + 2 * i);
  }
  const { rows } = await backup;
  const copy = await openStore(`duckdb:${file}`);
  const teams = await teamsOf(copy);
  await copy.close();
  expect(teams).toHaveLength(rows - 1);
  const halves = ['one', 'two'].map((half) => teams.filter((id) => id.startsWith(half)).length);
  expect(halves[0]).toBe(halves[1]);
});

it('leaves its lock on the store alone', async () => {
  await backUp(store, join(folder, 'one.duckdb'));
  await expect(inspect(join(folder, 'store.duckdb'))).rejects.toThrow(
    /Another process has it open: stop that/,
  );
});

it('is for its owner alone, and nothing else is left beside it', async () => {
  await backUp(store, join(folder, 'backups', 'one.duckdb'));
  expect(statSync(join(folder, 'backups')).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'backups', 'one.duckdb')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'backups'))).toEqual(['one.duckdb']);
});

it('never replaces a file', async () => {
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  await expect(backUp(store, join(folder, 'mine.txt'))).rejects.toThrow(/is there already/);
});

it('of a store in memory says why there is none', async () => {
  const memory = await openStore('duckdb::memory:');
  await expect(backUp(memory, join(folder, 'one.duckdb'))).rejects.toThrow(
    /kept in memory only.*name a file in PAGEBUDGET_STORE/,
  );
  expect(readdirSync(folder)).not.toContain('one.duckdb');
  await memory.close();
});

it('goes by name into the folder, and nowhere else', () => {
  expect(backupFile('/backups', undefined, NOW)).toBe('/backups/pagebudget-20261120T120000Z.duckdb');
  expect(backupFile('/backups', 'monday.duckdb', NOW)).toBe('/backups/monday.duckdb');
  expect(backupFile('/backups', '/backups/monday.duckdb', NOW)).toBe('/backups/monday.duckdb');
  for (const path of [
    '../monday.duckdb',
    '/etc/passwd',
    '/backups/../x',
    'a/b',
    '.hidden',
    '',
    'a\0b',
    '..',
  ]) {
    expect(() => backupFile('/backups', path, NOW), path).toThrow(/no name for a backup/);
  }
});

it('restored, it is the store, and the file before is kept', async () => {
  const backup = join(folder, 'one.duckdb');
  await backUp(store, backup);
  await store.transact((writer) => writer.put('team', [team('C')]));
  await store.close();

  const { aside, ...told } = await restore(url, backup, { otherAccount: false, now: NOW });
  expect(told).toEqual({ account: 'acme', rows: 3 });
  store = await openStore(url);
  expect(await teamsOf(store)).toEqual(['A', 'B']);
  const before = await openStore(`duckdb:${aside}`);
  expect(await teamsOf(before)).toEqual(['A', 'B', 'C']);
  await before.close();
});

it('is restored where there is no store, or a damaged one', async () => {
  const backup = join(folder, 'one.duckdb');
  await backUp(store, backup);
  await store.close();
  for (const file of ['new/store.duckdb', 'damaged.duckdb']) {
    if (file === 'damaged.duckdb') writeFileSync(join(folder, file), 'not a database');
    await restore(`duckdb:${join(folder, file)}`, backup, { otherAccount: false, now: NOW });
    const restored = await openStore(`duckdb:${join(folder, file)}`);
    expect(await teamsOf(restored)).toEqual(['A', 'B']);
    await restored.close();
  }
  store = await openStore(url);
});

it('of another account is refused unless told', async () => {
  const backup = join(folder, 'one.duckdb');
  await backUp(store, backup);
  const other = `duckdb:${join(folder, 'other.duckdb')}`;
  const others = await openStore(other);
  await others.transact((writer) => writer.put('account', [account('globex')]));
  await others.close();
  await expect(restore(other, backup, { otherAccount: false, now: NOW })).rejects.toThrow(
    /holds the account "globex", the backup "acme": add --other-account/,
  );
  await restore(other, backup, { otherAccount: true, now: NOW });
  const restored = await openStore(other);
  expect(await teamsOf(restored)).toEqual(['A', 'B']);
  await restored.close();
});

it('of a newer Pagebudget, of no account or damaged is refused, and the store stays', async () => {
  const newer = join(folder, 'newer.duckdb');
  await backUp(store, newer);
  const written = await openStore(`duckdb:${newer}`);
  await written.transact((writer) =>
    writer.put('note', [{ name: 'schema', value: '999', written_at: null }]),
  );
  await written.close();
  const empty = join(folder, 'empty.duckdb');
  await (await openStore(`duckdb:${empty}`)).close();
  const damaged = join(folder, 'damaged.duckdb');
  await backUp(store, damaged);
  truncateSync(damaged, 20_000);
  await store.close();

  const options = { otherAccount: true, now: NOW };
  await expect(restore(url, newer, options)).rejects.toThrow(/newer Pagebudget \(schema 999\)/);
  await expect(restore(url, empty, options)).rejects.toThrow(/holds no account/);
  await expect(restore(url, damaged, options)).rejects.toMatchObject({ code: 'store' });
  await expect(restore(url, join(folder, 'none.duckdb'), options)).rejects.toThrow(/no backup/);
  await expect(restore('postgres://a@b/c', newer, options)).rejects.toThrow(/pg_restore/);
  expect(readdirSync(folder).filter((name) => name.includes('before-restore'))).toEqual([]);
  store = await openStore(url);
  expect(await teamsOf(store)).toEqual(['A', 'B']);
});
