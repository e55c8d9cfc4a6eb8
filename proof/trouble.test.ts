import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Backend, harvested, startBackend } from './backend.ts';
import { control, UNLIMITED } from './control.ts';
import { type Simulated, startSimulated } from './simulated.ts';
import { compareStores, prepareStore } from './stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-trouble-'));
const whole = join(folder, 'whole.duckdb');
const settings = join(folder, 'pagebudget.yaml');
const since = '2026-05-12';
let account: Simulated;
const running: Backend[] = [];

beforeAll(async () => {
  account = await startSimulated({ seed: 5, until: '2026-06-01T00:00:00Z' });
  await control(account, UNLIMITED);
  writeFileSync(settings, 'requestShare: 1\n');
  await prepareStore(whole);
  const backend = begin(whole);
  await harvested(backend);
  await backend.process.stop();
}, 120_000);

afterAll(async () => {
  for (const { process } of running) await process.kill();
  await account.stop();
  rmSync(folder, { recursive: true, force: true });
});

function begin(file: string): Backend {
  const backend = startBackend({ account, store: `duckdb:${file}`, since, settings });
  running.push(backend);
  return backend;
}

/** How long a file of the process may become, bytes; the kernel refuses to write beyond, as it does on a full disk. */
function limitFiles({ process }: Backend, bytes: number | 'unlimited'): void {
  const { status, stderr } = spawnSync(
    'prlimit',
    ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`prlimit: ${stderr}`);
}

async function errorOf(backend: Backend): Promise<string> {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(100)) {
    const { error } = await backend.status();
    if (error !== null) return error;
  }
  throw new Error('No error was told.');
}

describe('with a store in a file', () => {
  it('a full disk is told with what to do, the harvest goes on by itself once there is room, and nothing is lost', async () => {
    const file = join(folder, 'full.duckdb');
    await prepareStore(file);
    const backend = begin(file);
    limitFiles(backend, statSync(file).size + 300_000);
    expect(await errorOf(backend)).toMatch(/Make room on the disk/);
    const { complete, reason } = await backend.status();
    expect({ complete, reason: reason !== null }).toEqual({ complete: false, reason: true });
    limitFiles(backend, 'unlimited');
    const after = await harvested(backend);
    expect(after.error).toBeNull();
    await backend.process.stop();
    expect((await compareStores(whole, file)).differences).toEqual([]);
  }, 180_000);

  it('a second backend says who has the store and what to do, and begins by itself once the first has ended', async () => {
    const file = join(folder, 'shared.duckdb');
    await prepareStore(file);
    const first = begin(file);
    await first.url;
    const second = begin(file);
    const told = await second.process.line((line) =>
      line.includes('Waiting until it is free') ? line : null,
    );
    expect(told).toMatch(/Another process has it open: stop that one, or ask the running backend over HTTP/);
    await first.process.stop();
    await harvested(second);
    await second.process.stop();
    expect((await compareStores(whole, file)).differences).toEqual([]);
  }, 180_000);

  it('a folder that may not be written to is named with what to do, and the process ends', async () => {
    const { process } = begin('/sys/pagebudget.duckdb');
    const told = await process.line((line) => (line.includes('cannot be opened') ? line : null));
    expect(told).toMatch(
      /^The store \/sys\/pagebudget\.duckdb cannot be opened\. The folder and the file must be writable/,
    );
    await process.ended;
    expect(readdirSync('/sys')).not.toContain('pagebudget.duckdb');
  });
});
