import { join } from 'node:path';
import { ACCOUNTS } from '../accounts.ts';
import { startBackend } from '../backend.ts';
import { measureFirstStart } from '../first-start.ts';
import { measureFreshness } from '../freshness.ts';
import { type Part, wholeOf } from '../part.ts';
import { startSimulated } from '../simulated.ts';

const FRESH_WITHIN = 90;
const FIRST_WITHIN = 60;
const PATIENCE = 300_000;

const [first] = ACCOUNTS;

/** How soon a new store answers, and how old what happens is when an answer shows it. */
export const LIVE: Part = {
  title: `The last 28 days answer within ${FIRST_WITHIN} s of the first start, events within ${FRESH_WITHIN} s`,
  options: { seed: String(first.seed), events: '20' },
  async prove(options, folder) {
    const [seed, events] = [wholeOf(options, 'seed'), wholeOf(options, 'events')];
    const account = await startSimulated({ seed });
    const begin = performance.now();
    const backend = startBackend({ account, store: `duckdb:${join(folder, 'live.duckdb')}`, since: '' });
    try {
      const { seconds, incidents } = await measureFirstStart(backend, begin, PATIENCE);
      const seen = await measureFreshness(account, backend, events, PATIENCE);
      const ages = seen.map((event) => event.seconds).sort((a, b) => a - b);
      const age = (share: number) => ages[Math.floor(share * (ages.length - 1))] ?? Number.NaN;
      const kinds = [...Map.groupBy(seen, ({ kind }) => kind)].map(
        ([kind, some]) => `${kind} ${some.length}`,
      );
      return {
        holds: seconds <= FIRST_WITHIN && ages.length >= events && age(1) <= FRESH_WITHIN,
        lines: [
          `seed ${seed}, live: the last 28 days (${incidents} incidents) answered ${seconds.toFixed(1)} s after the first start`,
          `${ages.length} events (${kinds.join(', ')}) were in an answer after ${age(0).toFixed(1)} s at least, ${age(0.5).toFixed(1)} s in the median, ${age(1).toFixed(1)} s at most`,
        ],
      };
    } finally {
      await backend.process.stop();
      await account.stop();
    }
  },
};
