import { readConfig } from '../../backend/config.ts';
import type { Query } from '../../backend/contract.ts';
import { createLog } from '../../backend/log.ts';
import { runQueries } from '../../backend/query/run.ts';
import { openStore } from '../../backend/store/open.ts';

const DAY = 86_400_000;
const RANGE_DAYS = 28;
const ROUNDS = 3;

/** Questions as panels ask them, each a different way through the data. */
const QUESTIONS: readonly Omit<Query, 'refId' | 'range'>[] = [
  { queryType: 'metric', metric: 'interruptions', by: ['user'], bucket: 'day', format: 'time_series' },
  { queryType: 'metric', metric: 'incidents', by: ['service'], format: 'table' },
  { queryType: 'metric', metric: 'time_to_acknowledge', by: ['team'], stat: 'p90', format: 'table' },
  { queryType: 'metric', metric: 'sleep_interruptions', by: ['weekday', 'hour'], format: 'heatmap' },
  { queryType: 'noise' },
  { queryType: 'people' },
  { queryType: 'night' },
];

/** How long the slowest of some questions over the last 28 days takes, ms, once the store is warm; its name with it. Throws where one is answered with an error. */
export async function slowestAnswer(file: string, until: number): Promise<{ ms: number; question: string }> {
  const config = readConfig({ PAGERDUTY_TOKEN: 'unused', LOG_LEVEL: 'silent' });
  const store = await openStore(`duckdb:${file}`);
  const range = { from: new Date(until - RANGE_DAYS * DAY).toISOString(), to: new Date(until).toISOString() };
  const ask = async (question: Omit<Query, 'refId' | 'range'>) => {
    const began = performance.now();
    const query = { refId: 'A', range, intervalMs: DAY, maxDataPoints: 500, ...question };
    const answering = {
      reader: store,
      settings: config,
      plans: () => ({ budgets: [], slos: [], faults: [] }),
      configuration: () => '',
      log: createLog('silent'),
    };
    const { results } = await runQueries({ queries: [query] }, answering, new AbortController().signal);
    const failed = results.A?.error;
    if (failed !== undefined) throw new Error(`${JSON.stringify(question)}: ${failed}`);
    return performance.now() - began;
  };
  try {
    let slowest = { ms: 0, question: '' };
    for (const question of QUESTIONS) {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) times.push(await ask(question));
      const ms = times.sort((a, b) => a - b)[1] ?? 0;
      if (ms > slowest.ms) slowest = { ms, question: String(question.metric ?? question.queryType) };
    }
    return slowest;
  } finally {
    await store.close();
  }
}
