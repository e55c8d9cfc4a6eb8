import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore } from '../store/open.ts';
import { contentOf } from './harvest.fixture.ts';
import { entry, notify, startTinyAccount, tinyAccount } from './tiny-account.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-killed-'));
const child = join(import.meta.dirname, 'killed.fixture.ts');
let server: Awaited<ReturnType<typeof startTinyAccount>>;

beforeAll(async () => {
  const account = { ...tinyAccount(120), cap: 12 };
  account.lists.log_entries?.push(entry('LX', 'trigger', 130, 'Q777'), notify('LY', 131, 'Q777', 'U9'));
  server = await startTinyAccount(account);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes a store with a key of its own choosing, so that hashes of two stores can be compared. */
async function newStore(file: string): Promise<string> {
  const path = join(folder, file);
  const store = await openStore(`duckdb:${path}`);
  const key = { name: 'email_key', value: '00'.repeat(32), written_at: null };
  await store.transact((writer) => writer.put('note', [key]));
  await store.close();
  return path;
}

/** Lets a harvest run until it finishes, or kills it at the n-th time that it says `moment`; tells whether it finished. */
function run(path: string, moment?: string, nth = 1): Promise<boolean> {
  return new Promise((resolve) => {
    const harvest = spawn(process.execPath, [child, server.url, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = 0;
    let finished = false;
    harvest.stdout.on('data', (data: Buffer) => {
      const moments = data.toString().split('\n');
      finished ||= moments.includes('finished');
      seen += moments.filter((said) => said === moment).length;
      if (moment && seen >= nth) harvest.kill('SIGKILL');
    });
    harvest.on('exit', () => resolve(finished));
  });
}

async function contentAt(path: string): Promise<Record<string, string[]>> {
  const store = await openStore(`duckdb:${path}`);
  try {
    return await contentOf(store);
  } finally {
    await store.close();
  }
}

it('killed ten times in and between transactions, a harvest ends as one that nobody killed', async () => {
  const calm = await newStore('calm.duckdb');
  expect(await run(calm)).toBe(true);
  const killed = await newStore('killed.duckdb');
  const moments = ['transaction', 'rows', 'facts', 'written', 'committed'];
  let kills = 0;
  for (let i = 0; i < 10; i++) {
    if (!(await run(killed, moments[i % moments.length], 2 + ((i * 5) % 11)))) kills += 1;
  }
  expect(kills).toBe(10);
  expect(await run(killed)).toBe(true);
  const content = await contentAt(killed);
  expect(content.log_entry).toHaveLength(362);
  expect(content.page?.length).toBeGreaterThan(119);
  expect(content.shift?.length).toBeGreaterThan(100);
  expect(content).toEqual(await contentAt(calm));
}, 600_000);
