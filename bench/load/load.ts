import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, systemClock } from '../../backend/clock.ts';
import { readConfig } from '../../backend/config.ts';
import { createHarvest, type Harvest } from '../../backend/harvest/harvest.ts';
import { createLog } from '../../backend/log.ts';
import { createClient } from '../../backend/pagerduty/client.ts';
import { credentialsOf } from '../../backend/pagerduty/credential-kinds.ts';
import { openStore } from '../../backend/store/open.ts';
import type { Account, Generated } from './generated.ts';
import { type Memory, watchMemory } from './memory.ts';
import { measured, type StageTimes } from './stages.ts';

/** What a load took. */
export interface LoadOutcome {
  seconds: number;
  /** Rows of each stream of the coverage. */
  rows: Record<string, number>;
  requests: number;
  /** Seconds spent making the account's answers, in another process, and waiting for them. */
  generating: number | null;
  waiting: number | null;
  store: StageTimes;
  /** Bytes. */
  file: number;
  memory: Memory;
}

/** A clock on which the limiter's waits cost nothing. */
function impatientClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    async sleep(ms) {
      ahead += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Fills a store (path of a DuckDB file, new or begun) with a simulated account by the harvest's own code, as fast as it can. */
export async function load(
  account: Account & { since: string },
  generate: (account: Account) => Generated | Promise<Generated>,
  file: string,
  tell: (line: string) => void,
): Promise<LoadOutcome> {
  const memory = watchMemory();
  const began = performance.now();
  const generated = await generate(account);
  const { store, times } = measured(await openStore(`duckdb:${file}`));
  const env = { PAGERDUTY_TOKEN: 'unused', PAGEBUDGET_SINCE: account.since, LOG_LEVEL: 'warn' };
  const config = { ...readConfig(env), requestShare: 1 };
  const log = createLog(config.logLevel);
  const clock = impatientClock();
  const client = createClient({
    url: generated.url,
    credentials: credentialsOf(config.pagerduty, { fetch: generated.fetch, clock }),
    requestShare: 1,
    fetch: generated.fetch,
    clock,
    random: Math.random,
    log,
  });
  const harvest = createHarvest({ store, client, config, clock: systemClock, log });
  await harvest.start();
  await finished(harvest, (line) => tell(`${line}, ${inMegabytes(memory.most())}`));
  const { streams, requests } = harvest.status();
  await harvest.stop();
  await store.close();
  await generated.stop();
  memory.stop();
  return {
    seconds: (performance.now() - began) / 1000,
    rows: Object.fromEntries(streams.map(({ stream, rows }) => [stream, rows])),
    requests: requests.used,
    generating: generated.busy(),
    waiting: generated.waited(),
    store: times,
    file: statSync(file).size,
    memory: memory.most(),
  };
}

async function finished(harvest: Harvest, tell: (line: string) => void): Promise<void> {
  for (let beats = 1; ; beats += 1) {
    await sleep(500);
    const { state, complete, progress, error } = harvest.status();
    if (state === 'stopped') throw new Error(`The harvest stopped: ${error}`);
    if (state === 'ready' && complete) return;
    if (beats % 60 !== 0) continue;
    const { done, rows, rowsPerSecond, window } = progress;
    tell(`${(done * 100).toFixed(1)} %, ${rows} rows, ${Math.round(rowsPerSecond ?? 0)} a second, ${window}`);
  }
}

function inMegabytes({ resident, heap, external }: Memory): string {
  const [all, js, bytes] = [resident, heap, external].map((size) => Math.round(size / 1e6));
  return `${all} MB at most (JavaScript ${js}, bytes ${bytes})`;
}
