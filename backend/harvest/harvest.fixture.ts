import type { Clock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { TABLES, type TableName } from '../model/index.ts';
import { createClient } from '../pagerduty/client.ts';
import { credentialsOf } from '../pagerduty/credential-kinds.ts';
import { join, name, sql } from '../sql/statement.ts';
import { openStore } from '../store/open.ts';
import type { Reader, Row, Store } from '../store/store.ts';
import type { Harvest } from './harvest.ts';
import { createStandby } from './standby.ts';
import { BEGIN, startTinyAccount, type TinyAccount } from './tiny-account.fixture.ts';

/** A clock on which time goes by so many times faster than on the wall. */
export function fastClock(factor: number, start = Date.now()): Clock {
  const begin = performance.now();
  return {
    now: () => start + (performance.now() - begin) * factor,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = setTimeout(resolve, ms / factor);
        signal?.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** Settings as the process reads them, with what a test wants otherwise. */
export function configOf(url: string, more: Partial<Config> = {}): Config {
  const env = { PAGERDUTY_TOKEN: 'a-secret-key', PAGERDUTY_API_URL: url, LOG_LEVEL: 'silent' };
  return { ...readConfig(env), requestShare: 1, ...more };
}

/** A harvest of a server into a store, quiet, on a fast clock. */
export function harvestOf(store: Store, config: Config, clock: Clock = fastClock(50)): Harvest {
  const log = createLog(config.logLevel);
  const client = createClient({
    url: config.pagerduty.url,
    credentials: credentialsOf(config.pagerduty, { fetch, clock }),
    requestShare: config.requestShare,
    fetch,
    clock,
    random: () => 0.5,
    log,
  });
  return createStandby({ store, client, config, clock, log });
}

/** A harvest at work, with all that it works on. */
export interface Stage {
  store: Store;
  harvest: Harvest;
  config: Config;
}

/** What a suite sets up and must end; call `clear` after each test. */
export function createStages() {
  const closing: (() => Promise<unknown>)[] = [];
  const onClear = (...closers: (() => Promise<unknown>)[]) => void closing.push(...closers);
  return {
    onClear,
    /** Starts a harvest of a tiny account into a new store. */
    async begin(account: TinyAccount, more: Partial<Config> = {}, factor = 50): Promise<Stage> {
      const { url, close } = await startTinyAccount(account);
      const store = await openStore('duckdb::memory:');
      const config = configOf(url, { since: { at: BEGIN }, ...more });
      const harvest = harvestOf(store, config, fastClock(factor));
      onClear(
        close,
        () => store.close(),
        () => harvest.stop(),
      );
      await harvest.start();
      return { store, harvest, config };
    },
    /** Starts a harvest into a store that another one has left. */
    async again({ store, config }: Stage): Promise<Harvest> {
      const harvest = harvestOf(store, config);
      onClear(() => harvest.stop());
      await harvest.start();
      return harvest;
    },
    async clear() {
      for (const close of closing.splice(0).reverse()) await close();
    },
  };
}

/** True once the backfill is done. */
export const ready = (harvest: Harvest) => () => harvest.status().state === 'ready';

/** The rows of a table in the order of their keys. */
export function rowsOf(store: Store, table: TableName): Promise<Row[]> {
  const keys = TABLES[table].key.map((key) => name(key));
  return store.read(sql`SELECT * FROM ${name(table)} ORDER BY ${join(keys, ', ')}`);
}

/** Waits until something holds, asking often. */
export async function until(holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('It did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Every row of the raw and fact tables, without the columns that tell when the harvest saw or wrote them, in one order. */
export async function contentOf(reader: Reader): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const [table, model] of Object.entries(TABLES)) {
    if (model.kind === 'harvest') continue;
    const rows = await reader.read(sql`SELECT * FROM ${name(table)}`);
    content[table] = rows.map((row) => lineOf(table as TableName, row)).sort();
  }
  return content;
}

function lineOf(table: TableName, row: Row): string {
  const columns = Object.entries(TABLES[table].columns).filter(([, column]) => !('seen' in column));
  return JSON.stringify(columns.map(([column]) => row[column] ?? null));
}
