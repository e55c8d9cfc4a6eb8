import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { type App, startApp } from '../../backend/app.ts';
import { type Config, readConfig } from '../../backend/config.ts';
import type { Query, QueryResponse, Status } from '../../backend/contract.ts';
import type { Log } from '../../backend/log.ts';
import { skippingClock } from '../clock.ts';
import { prepareStore } from '../stores.ts';
import { FACTOR, type StillAccount } from './account.ts';

/** A backend in this process, on a clock that runs fast, with its store in a file. */
export interface Subject {
  file: string;
  status(): Promise<Status>;
  /** All that an answer over the whole range says about itself, to any of a few questions. */
  notices(): Promise<string[]>;
  /** Milliseconds that `pass` has let pass. */
  passed(): number;
  /** Lets time pass for it and the account, in steps short enough that everything regular is done in between. */
  pass(ms: number): Promise<void>;
  /** Lets time pass for its machine alone, as it does by itself, but sooner. */
  hurry(ms: number): void;
  /** True once it has logged a message. */
  hasLogged(message: string): boolean;
  /** Starts it again as an operator would. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What a backend harvests, and since when (ISO date). */
export interface Harvested {
  /** Takes the stores. */
  folder: string;
  account: StillAccount;
  since: string;
  /** The instant at which the account stands still, ISO 8601. */
  until: string;
}

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
  const logged = new Set<string>();
  const log = logInto(logged);
  const start = () => startApp({ config, clock, log, fetch, random: Math.random });
  let passed = 0;
  let app: App | null = await start();
  return {
    file,
    status: async () => (await (await fetch(`${app?.url}/status`, { headers: ONCE })).json()) as Status,
    notices: () => noticesOf(app?.url ?? '', of),
    passed: () => passed,
    async pass(ms) {
      const end = passed + ms;
      while (passed < end) {
        const step = Math.min(end - passed, STEP);
        passed += step;
        of.account.pass(step);
        clock.skip(step);
        await sleep(STEP_TAKES);
      }
    },
    hurry: (ms) => clock.skip(ms),
    hasLogged: (message) => logged.has(message),
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

/** A log that keeps each message once. */
function logInto(messages: Set<string>): Log {
  const write = (line: Buffer, _encoding: string, done: () => void) => {
    messages.add(String((JSON.parse(line.toString()) as { msg?: string }).msg));
    done();
  };
  return pino({ level: 'info' }, new Writable({ write }));
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
