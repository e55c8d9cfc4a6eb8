import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../contract.ts';

const CLI = join(import.meta.dirname, '../cli.ts');

/** A stand-in for PagerDuty that knows no key and remembers those it was shown. */
interface Upstream {
  server: Server;
  url: string;
  keys: Set<string>;
}

describe('the command serve', () => {
  let folder: string;
  let upstream: Upstream;
  let serving: ChildProcess;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pagebudget-serve-'));
    upstream = await refusingAll();
  });

  afterEach(async () => {
    const ended = new Promise((resolve) => serving.once('close', resolve));
    if (serving.exitCode === null) {
      serving.kill();
      await ended;
    }
    upstream.server.close();
    rmSync(folder, { recursive: true });
  });

  async function serve(key: string): Promise<{ url: string; file: string }> {
    const file = join(folder, 'own.duckdb');
    serving = spawn(process.execPath, [CLI, 'serve'], {
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'info',
        PAGEBUDGET_STORE: `duckdb:${file}`,
        PAGERDUTY_TOKEN: key,
        PAGERDUTY_API_URL: upstream.url,
      },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    if (!serving.stderr) throw new Error('The log is not piped.');
    for await (const line of createInterface(serving.stderr)) {
      const url = /"url":"(http:[^"]+)".*"listening"/.exec(line)?.[1];
      if (url) return { url, file };
    }
    throw new Error('serve did not listen.');
  }

  it('runs on a simulated account in memory without a key, whatever address and store are set', async () => {
    const { url, file } = await serve('');
    const status = await statusWhen(url, ({ account }) => account !== null);
    expect(status.account).toMatchObject({ simulated: true });
    expect(existsSync(file)).toBe(false);
    expect([...upstream.keys]).toEqual([]);
  });

  it('asks PagerDuty, and it alone, with a key, and writes to the store that is set', async () => {
    const { url, file } = await serve('real-key');
    const status = await statusWhen(url, ({ state }) => state === 'stopped');
    expect(status).toMatchObject({ account: null });
    expect(status.error).toMatch(/PAGERDUTY_TOKEN/);
    expect([...upstream.keys]).toEqual(['Token token=real-key']);
    expect(existsSync(file)).toBe(true);
  });
});

async function refusingAll(): Promise<Upstream> {
  const keys = new Set<string>();
  const server = createServer((request, response) => {
    keys.add(request.headers.authorization ?? '');
    response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys };
}

async function statusWhen(url: string, holds: (status: Status) => boolean): Promise<Status> {
  for (;;) {
    const status = (await (await fetch(`${url}/status`)).json()) as Status;
    if (holds(status)) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
