import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startApp } from '../backend/app.ts';
import { systemClock } from '../backend/clock.ts';
import { readConfig } from '../backend/config.ts';
import type { Status } from '../backend/contract.ts';
import { createLog } from '../backend/log.ts';

/** A simulated account, harvested by a backend that runs in this process. */
export interface Account {
  /** The backend's address, and the token it wants. */
  url: string;
  token: string;
  /** The instant up to which everything is harvested. */
  to: string;
  stop(): Promise<void>;
}

const token = 'browser-test';

/** Starts a simulated account of a size and a backend, and waits until its last `days` days are harvested. */
export async function startAccount(days: number, size = 'small'): Promise<Account> {
  const simulator = await startSimulator(size);
  const backend = await startBackend({
    PAGERDUTY_API_URL: simulator.url,
    PAGERDUTY_TOKEN: 'simulated',
    PAGEBUDGET_SINCE: `${days}d`,
  });
  return {
    url: backend.url,
    token,
    to: await harvestedUntil(backend.url),
    async stop() {
      await backend.stop();
      await simulator.stop();
    },
  };
}

async function startSimulator(size: string) {
  const main = join(import.meta.dirname, '../simulator/main.ts');
  const args = [main, '--seed', '1', '--size', size, '--port', '0', '--token', 'simulated'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { url, stop: async () => void (child.kill() && (await ended)) };
  }
  throw new Error('The simulated PagerDuty did not start; its words are above.');
}

/** Starts a backend in this process, with a store in memory and the settings given. */
export async function startBackend(settings: Record<string, string>) {
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
    PAGEBUDGET_TOKEN: token,
    PAGEBUDGET_STORE: 'duckdb::memory:',
    ...settings,
  });
  const log = createLog(config.logLevel);
  const app = await startApp({ config, clock: systemClock, log, fetch, random: Math.random });
  return { ...app, token };
}

/** The instant up to which everything is harvested, once it is. */
async function harvestedUntil(url: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/status`, { headers: { authorization: `Bearer ${token}` } });
    const { complete, harvestedUntil, state, error } = (await response.json()) as Status;
    if (complete && harvestedUntil) return harvestedUntil;
    if (state === 'stopped') throw new Error(`The harvest stopped: ${error}`);
    await systemClock.sleep(200);
  }
}
