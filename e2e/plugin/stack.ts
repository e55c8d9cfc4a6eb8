import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startApp } from '../../backend/app.ts';
import { systemClock } from '../../backend/clock.ts';
import { readConfig } from '../../backend/config.ts';
import type { Status } from '../../backend/contract.ts';
import { createLog } from '../../backend/log.ts';
import { buildPlugin, buildRelay } from './build.ts';
import { startServer } from './server.ts';
import { startRelay } from './upstream.ts';

/** The running chain: simulated PagerDuty, harvest, store, backend, relay and the server of the page. */
export interface Stack {
  /** The page's server; its data sources are `pagebudget` and `down`. */
  url: string;
  /** The backend itself, and what it wants to hear. */
  backend: { url: string; token: string };
  /** Where the backend of the data source `down` would be. */
  deadUrl: string;
  /** The range that is harvested. */
  from: string;
  to: string;
  stop(): Promise<void>;
}

const day = 86_400_000;
const days = 14;
const token = 'browser-test';
const deadUrl = 'http://127.0.0.1:9';

/** Builds the plugin, starts the chain and waits until the account is harvested. */
export async function startStack(): Promise<Stack> {
  await buildPlugin();
  const paths = await buildRelay();
  const simulator = await startSimulator();
  const backend = await startBackend(simulator.url);
  const to = await harvestedUntil(backend.url);
  const pagebudget = await startRelay(paths, backend.url, token);
  const down = await startRelay(paths, deadUrl, token);
  const server = await startServer({ pagebudget, down });
  const parts = [server, down, pagebudget, backend, simulator];
  return {
    url: server.url,
    backend: { url: backend.url, token },
    deadUrl,
    from: new Date(Date.parse(to) - (days - 1) * day).toISOString(),
    to,
    async stop() {
      for (const part of parts) await part.stop();
    },
  };
}

async function startSimulator() {
  const main = join(import.meta.dirname, '../../simulator/main.ts');
  const child = spawn(process.execPath, [main, '--seed', '1', '--port', '0', '--token', 'simulated'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { url, stop: async () => void (child.kill() && (await ended)) };
  }
  throw new Error('The simulated PagerDuty did not start; its words are above.');
}

function startBackend(pagerduty: string) {
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
    PAGERDUTY_API_URL: pagerduty,
    PAGERDUTY_TOKEN: 'simulated',
    PAGEBUDGET_TOKEN: token,
    PAGEBUDGET_STORE: 'duckdb::memory:',
    PAGEBUDGET_SINCE: `${days}d`,
  });
  return startApp({
    config,
    clock: systemClock,
    log: createLog(config.logLevel),
    fetch,
    random: Math.random,
  });
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
