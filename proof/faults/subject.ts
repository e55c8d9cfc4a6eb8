import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type App, startApp } from '../../backend/app.ts';
import { type Config, readConfig } from '../../backend/config.ts';
import type { Query, QueryResponse, Status } from '../../backend/contract.ts';
import { createLog } from '../../backend/log.ts';
import { type SkippingClock, skippingClock } from '../clock.ts';
import type { Simulated } from '../simulated.ts';
import { prepareStore } from '../stores.ts';

/** A backend in this process, on a clock that runs fast, with its store in a file. */
export interface Subject {
  file: string;
  clock: SkippingClock;
  status(): Promise<Status>;
  /** All that an answer over the whole range says about itself, to any of a few questions. */
  notices(): Promise<string[]>;
  /** Lets time pass at once, in steps short enough that everything regular is done in between. */
  passTime(ms: number): Promise<void>;
  /** Starts it again as an operator would. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What a backend harvests, and since when (ISO date). */
export interface Harvested {
  /** Takes the stores. */
  folder: string;
  account: Simulated;
  since: string;
  /** The instant at which the account stands still, ISO 8601. */
  until: string;
}

/** How much faster than the wall the clocks of backend and account run. */
export const FACTOR = 50;
const STEP = 3_600_000;
const STEP_TAKES = 100;
const ONCE = { connection: 'close' };

const QUESTIONS: Pick<Query, 'metric' | 'by'>[] = [
  { metric: 'incidents', by: ['team', 'priority'] },
  { metric: 'interruptions', by: ['schedule'] },
  { metric: 'on_call_hours', by: [] },
];

/** Starts a backend on an account, its machine's clock `skew` ms off PagerDuty's. */
export async function startSubject(of: Harvested, name: string, skew = 0): Promise<Subject> {
  const file = join(of.folder, `${name}.duckdb`);
  await prepareStore(file);
  const clock = skippingClock(FACTOR, Date.parse(of.until) + skew);
  const config = configOf(of, file);
  const start = () => startApp({ config, clock, log: createLog('silent'), fetch, random: Math.random });
  let app: App | null = await start();
  return {
    file,
    clock,
    status: async () => (await (await fetch(`${app?.url}/status`, { headers: ONCE })).json()) as Status,
    notices: () => noticesOf(app?.url ?? '', of),
    async passTime(ms) {
      for (let left = ms; left > 0; left -= STEP) {
        clock.skip(Math.min(left, STEP));
        await sleep(STEP_TAKES);
      }
    },
    async restart() {
      await app?.stop();
      app = await start();
    },
    async stop() {
      await app?.stop();
      app = null;
      clock.stop();
    },
  };
}

function configOf({ account, since }: Harvested, file: string): Config {
  const env = {
    PAGERDUTY_TOKEN: account.token,
    PAGERDUTY_API_URL: account.url,
    PAGEBUDGET_STORE: `duckdb:${file}`,
    PAGEBUDGET_SINCE: since,
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  return { ...readConfig(env), requestShare: 1 };
}

async function noticesOf(url: string, { since, until }: Harvested): Promise<string[]> {
  const range = { from: new Date(since).toISOString(), to: new Date(until).toISOString() };
  const queries = QUESTIONS.map((question, index) => ({
    refId: String(index),
    queryType: 'metric',
    format: 'table',
    range,
    ...question,
  }));
  const response = await fetch(`${url}/query`, {
    method: 'POST',
    headers: { ...ONCE, 'content-type': 'application/json' },
    body: JSON.stringify({ queries }),
  });
  const { results } = (await response.json()) as QueryResponse;
  return Object.values(results).flatMap(({ frames, error }) => [
    ...(error === undefined ? [] : [error]),
    ...frames.flatMap(({ schema }) => (schema.meta.notices ?? []).map(({ text }) => text)),
  ]);
}
