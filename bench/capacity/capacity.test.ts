import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDirectly } from '../../simulator/direct.ts';
import { busiestSpan, demandOf } from './demand.ts';
import { type Limit, meetLimits } from './limits.ts';

const UNTIL = Date.parse('2026-11-16T00:00:00Z');
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'pagebudget-capacity-test-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SEEN = { rowsPerSecond: 1000, bytesPerRow: 100, free: 1e9, slowest: 50, share: 0.5 };

it('the demand of an account is that of its log entries, counted one by one', () => {
  const demand = demandOf({ seed: 3, size: 'small', until: UNTIL, days: 5 });
  const { timeline } = openDirectly({ seed: 3, size: 'small', until: UNTIL });
  const times = timeline
    .entriesWithin({ since: UNTIL - 5 * DAY, until: UNTIL })
    .map(({ time }) => time / 1000);
  const most = (length: number) =>
    Math.max(...times.map((begin) => times.filter((time) => time >= begin && time < begin + length).length));
  expect(demand.daily.entries).toBe(times.length / 5);
  expect(demand.busiest).toEqual({ second: most(1), quarter: most(900) });
  expect(demand.history).toMatchObject({ days: 90, entries: Math.round(times.length * 18) });
});

it('the busiest span is found wherever it lies, its end excluded', () => {
  expect(busiestSpan(new Map(), 10)).toBe(0);
  expect(
    busiestSpan(
      new Map([
        [100, 2],
        [0, 1],
        [109, 3],
        [110, 4],
      ]),
      10,
    ),
  ).toBe(7);
});

it('an account ten times as large meets each limit that grows with it ten times as early', () => {
  const demand = demandOf({ seed: 1, size: 'small', until: UNTIL, days: 3 });
  const larger = {
    history: {
      ...demand.history,
      incidents: demand.history.incidents * 10,
      entries: demand.history.entries * 10,
    },
    daily: demand.daily,
    busiest: { second: demand.busiest.second * 10, quarter: demand.busiest.quarter * 10 },
  };
  const at = (title: string, of: typeof demand) =>
    meetLimits(of, SEEN).find((one) => one.title.startsWith(title))?.times ?? 0;
  for (const title of ['Log entries', 'Rows', 'Requests for', 'Work', 'The store'])
    expect(at(title, larger), title).toBeCloseTo(at(title, demand) / 10, 6);
});

it('the limit that breaks first comes first, one that is broken already before all', () => {
  const limit = (title: string, needed: number, there: number): Limit => ({
    ...{ title, unit: '', beyond: '' },
    need: () => needed,
    can: () => there,
  });
  const demand = demandOf({ seed: 1, size: 'empty', until: UNTIL, days: 1 });
  const met = meetLimits(demand, SEEN, [
    limit('far', 1, 10),
    limit('never', 0, 1),
    limit('broken', 4, 2),
    limit('near', 2, 3),
  ]);
  expect(met.map(({ title, times }) => [title, times])).toEqual([
    ['broken', 0.5],
    ['near', 1.5],
    ['far', 10],
    ['never', Number.POSITIVE_INFINITY],
  ]);
});

it('the command says where the account of a file breaks first', () => {
  const file = join(folder, 'mine.yaml');
  writeFileSync(file, 'based_on: small\ndays: 3\n');
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), file, '--days', '2'],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toMatch(/^It breaks first at [\d.]+ times this account: .+\n\nlimit +needed/);
  expect(stdout).toMatch(/The account: 3 days, \d\d+ incidents/);
  expect(status).toBe(0);
}, 60_000);
