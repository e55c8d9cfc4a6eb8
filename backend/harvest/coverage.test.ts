import { afterEach, expect, it } from 'vitest';
import { HOUR } from '../clock.ts';
import { honestyOf, readCoverage } from '../query/coverage.ts';
import { openStore } from '../store/open.ts';
import { timedCoverage } from './coverage.ts';
import { createFaults } from './faults.ts';
import { createStages } from './harvest.fixture.ts';
import { loadLedger } from './ledger.ts';
import { type Window, waiting } from './plan.ts';

const stages = createStages();
afterEach(() => stages.clear());

const BEGIN = Date.parse('2026-11-10T00:00:00Z');
const START = BEGIN + 100 * HOUR;
const NOW = START + 10 * HOUR;

/** What is told of a question after the first start, while a window of a stream is as it is. */
async function toldWith(window: Window) {
  const store = await openStore('duckdb::memory:');
  stages.onClear(() => store.close());
  const windows = (['incidents', 'log_entries'] as const).map((stream) => ({
    ...waiting(stream, { start: BEGIN, end: START }),
    state: 'done' as const,
  }));
  await store.transact(async (writer) => {
    await writer.put('harvest_window', [...windows, window]);
    await writer.put(
      'note',
      Object.entries({ first_start: START, watermark: NOW, rules: 'r' }).map(([name, value]) => ({
        ...{ name, value: String(value), written_at: null },
      })),
    );
  });
  const coverage = await timedCoverage(store, await loadLedger(store), createFaults(), new Map());
  await store.transact((writer) => writer.put('coverage', coverage));
  const { complete, reason } = honestyOf(await readCoverage(store), { from: START + HOUR }, 'UTC');
  return { complete, reason };
}

it.each(['incidents', 'log_entries'] as const)(
  'what the feed read of %s and must be read again makes answers incomplete, and they say so',
  async (stream) => {
    const window = waiting(stream, { start: START, end: START + 5 * HOUR });
    expect(await toldWith(window)).toEqual({
      complete: false,
      reason: expect.stringContaining('reaches back to 2026-11-14T09:00:00.000Z'),
    });
    expect(await toldWith({ ...window, state: 'done' })).toEqual({ complete: true, reason: null });
  },
);
