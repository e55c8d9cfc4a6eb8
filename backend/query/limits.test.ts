import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertBudget, Period } from '../budgets/alert-budget.ts';
import type { Plans } from '../budgets/files.ts';
import type { Slo } from '../budgets/openslo.ts';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Query } from '../contract.ts';
import { derive } from '../harvest/derive.ts';
import { createLog } from '../log.ts';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
import { MOST_POINTS } from './collect.ts';
import { MOST_ROWS, MOST_SERIES } from './rows.ts';
import { runQueries } from './run.ts';
import { accountStore, ask, FROM, incident, rowsOf } from './testing/account.ts';

const MANY = MOST_ROWS + 200;
const BEGIN = Date.parse(FROM) + 10 * DAY;

let small: Store;
let large: Store;
beforeAll(async () => {
  small = await accountStore();
  large = await accountStore();
  const at = (n: number) => new Date(BEGIN + n * MINUTE).toISOString();
  const numbers = Array.from({ length: MOST_SERIES + 50 }, (_, n) => n);
  const ids = numbers.map((n) => `I${n + 100}`);
  await large.transact(async (writer) => {
    await writer.put(
      'incident',
      numbers.map((n) => incident(ids[n] ?? '', at(n), { title: `alert ${letters(n)}` })),
    );
    await writer.put(
      'page',
      Array.from({ length: MANY }, (_, n) => page(n)),
    );
    await derive(writer, { incidents: ids }, { settings: readConfig({}), covered: null });
  });
});
afterAll(async () => {
  await small.close();
  await large.close();
});

/** A page of an incident that nobody may read. */
const page = (n: number): RowOf<'page'> => ({
  ...{ id: `M${n}`, incident_id: `X${n}`, user_id: 'Ann', means: 'push', hour_class: 'off' },
  ...{
    time: BEGIN + n * MINUTE,
    local_time: BEGIN + n * MINUTE,
    awake_until: BEGIN + n * MINUTE,
    awake_at_night: 0,
  },
  ...{
    weekday: 1,
    hour: 1,
    night: null,
    urgency: null,
    priority_id: null,
    notifications: 1,
    interruption: true,
  },
  ...{ service_id: null, escalation_policy_id: null, fingerprint: null, category: null, own: false },
});

/** A number in letters, as fingerprints do not tell digits apart. */
const letters = (n: number) => [...String(n)].map((digit) => 'qrstuvwxyz'[Number(digit)]).join('');

const budget = (name: string, period: Period): AlertBudget => ({
  ...{ name, allowed: 2, unit: 'pages', select: {}, consequence: null },
  period,
});
const rolling = (name: string, length = 7 * DAY) => budget(name, { kind: 'rolling', length });
const shifts = (length: number) => budget('shifts', { kind: 'shift', length });
const slo = (name: string): Slo => ({
  ...{ name, title: name, description: null, service: 'S1', services: ['S1'] },
  ...{ target: 0.99, window: 7 * DAY },
});
const PLANS = { budgets: [rolling('a'), rolling('b'), shifts(12 * HOUR)], slos: [slo('a'), slo('b')] };

const said = async (store: Store, query: Partial<Query>, plans?: Partial<Plans>) => {
  const { frames, error } = await ask(store, query, plans);
  if (error) throw new Error(error);
  const texts = frames[0]?.schema.meta.notices
    ?.map(({ text }) => text)
    .filter((text) => text.startsWith('Showing'));
  return { rows: frames[0]?.data.values[0]?.length, frames: frames.length, texts };
};

describe('a limit of one', () => {
  it.each([
    [{ queryType: 'incidents' }, 'Showing the newest 1 of 6 incidents'],
    [{ queryType: 'pages' }, 'Showing the newest 1 of 4 pages'],
    [{ queryType: 'log_entries' }, 'Showing the newest 1 of 15 log entries'],
    [{ queryType: 'episodes' }, 'Showing the newest 1 of 5 episodes'],
    [{ queryType: 'noise' }, 'Showing 1 of 2 alerts'],
    [{ queryType: 'night' }, 'Showing 1 of 9 nights'],
    [{ queryType: 'people' }, 'Showing 1 of 2 people'],
    [{ queryType: 'on_call', view: 'shifts' }, 'Showing 1 of 3 entries'],
    [{ queryType: 'budget' }, 'Showing 1 of 2 budgets'],
    [{ queryType: 'budget', view: 'shifts' }, 'Showing 1 of 15 shifts'],
    [{ queryType: 'slo' }, 'Showing 1 of 2 SLOs'],
    [{ metric: 'incidents', by: ['team'], format: 'table' }, 'Showing 1 of 3 rows'],
    [{ metric: 'incidents', by: ['team'], format: 'table', bucket: 'week' }, 'Showing 1 of 12 rows'],
  ])('of %o leaves one row and tells how many there are', async (query, text) => {
    const { rows, texts } = await said(small, { ...query, limit: 1 }, PLANS);
    expect(rows).toBe(1);
    expect(texts).toEqual([expect.stringContaining(text)]);
  });

  it('of time series and of heat maps leaves one line', async () => {
    const query = { metric: 'incidents', by: ['team'], bucket: 'day', limit: 1 };
    expect(await said(small, query)).toMatchObject({
      frames: 1,
      texts: [expect.stringContaining('Showing 1 of 3 series')],
    });
    const { frames } = await ask(small, { ...query, format: 'heatmap' });
    expect(frames[0]?.schema.fields).toHaveLength(2);
  });

  it.each([
    [{ queryType: 'budget', view: 'burn_down' }, 'budgets'],
    [{ queryType: 'budget', view: 'burn_rate' }, 'budgets'],
    [{ queryType: 'slo', view: 'burn_down' }, 'SLOs'],
    [{ queryType: 'slo', view: 'burn_rate' }, 'SLOs'],
  ])('of %o leaves the lines of one', async (query, what) => {
    expect(await said(small, { ...query, limit: 1 }, PLANS)).toMatchObject({
      frames: 1,
      texts: [expect.stringContaining(`Showing 1 of 2 ${what}`)],
    });
  });

  it('does not change what a review counts', async () => {
    const review = async (limit?: number) =>
      rowsOf(await ask(small, { queryType: 'review', ...(limit && { limit }) }, PLANS));
    expect(await review(1)).toEqual(await review());
  });
});

describe('however high the limit is', () => {
  it('no more rows are answered than one answer holds, and the notice counts all', async () => {
    const limit = 1_000_000;
    const pages = await said(large, { queryType: 'pages', limit });
    expect(pages).toMatchObject({
      rows: MOST_ROWS,
      texts: [expect.stringMatching(`Showing the newest ${MOST_ROWS} of ${MANY + 4} pages: narrow`)],
    });
    const table = await said(large, {
      metric: 'incidents',
      by: ['fingerprint'],
      bucket: 'day',
      format: 'table',
      limit,
    });
    expect(table.rows).toBe(MOST_ROWS);
    expect(table.texts?.[0]).toMatch(/^Showing 10000 of 29\d\d\d rows: narrow/);
  });

  it('no more series are drawn than a panel can bear', async () => {
    const series = await said(large, { metric: 'incidents', by: ['fingerprint'], limit: 1_000_000 });
    expect(series.frames).toBe(MOST_SERIES);
    expect(series.texts?.[0]).toMatch(/^Showing 1000 of 105\d series: narrow the filters or the range/);
    const twice = await said(large, { metric: 'incidents', by: ['fingerprint'], compare: 'previous' });
    expect(twice.frames).toBe(MOST_SERIES);
    expect(twice.texts?.[0]).toMatch(/^Showing 500 of 105\d series: narrow the filters or the range/);
  });

  it('no more rows of a grid are drawn than a panel can bear', async () => {
    const query = { metric: 'incidents', by: ['fingerprint', 'hour'], format: 'heatmap', limit: 1_000_000 };
    const { frames } = await ask(large, query);
    expect(frames[0]?.schema.fields).toHaveLength(1 + MOST_SERIES);
    const { texts } = await said(large, query);
    expect(texts?.[0]).toMatch(/^Showing 1000 of 105\d rows: narrow the filters or the range/);
  });

  it('no more budgets and SLOs are drawn over time than a panel can bear', async () => {
    const numbers = Array.from({ length: 600 }, (_, n) => String(n));
    const plans = { budgets: numbers.map((name) => rolling(name)), slos: numbers.map(slo) };
    const drawn = async (query: Partial<Query>) =>
      said(small, { ...query, limit: 1_000_000, maxDataPoints: 10 }, plans);
    expect(await drawn({ queryType: 'budget', view: 'burn_down' })).toMatchObject({
      frames: 333,
      texts: [expect.stringMatching('Showing 333 of 600 budgets: narrow')],
    });
    expect(await drawn({ queryType: 'slo', view: 'burn_down' })).toMatchObject({
      frames: 500,
      texts: [expect.stringMatching('Showing 500 of 600 SLOs: narrow')],
    });
  });

  it('the more instants each budget has, the fewer are drawn', async () => {
    const budgets = Array.from({ length: 12 }, (_, n) => rolling(String(n), 800 * DAY));
    const query = { queryType: 'budget', view: 'burn_down', intervalMs: 0, maxDataPoints: 20_000 };
    const { frames, rows, texts } = await said(small, query, { budgets });
    expect(rows).toBe(800 * 24 + 1);
    expect(frames * 3 * Number(rows)).toBeLessThan(MOST_POINTS);
    expect(texts).toEqual([expect.stringContaining('Showing 8 of 12 budgets: narrow')]);
  });

  it.each([
    [{ queryType: 'budget', view: 'burn_rate' }, 175_320],
    [{ queryType: 'slo', view: 'burn_down' }, 175_320],
    [{ queryType: 'slo', view: 'burn_rate' }, 175_320],
    [{ queryType: 'budget', view: 'burn_down' }, 24_000],
  ])('more instants than a question may ask for are refused with what to do: %o', async (query, instants) => {
    const range = { from: '2006-03-30T00:00:00.000Z', to: '2026-03-30T00:00:00.000Z' };
    const plans = { budgets: [rolling('long', 1000 * DAY)], slos: [slo('a')] };
    const answer = await ask(small, { ...query, range, intervalMs: 0, maxDataPoints: 1e6 }, plans);
    expect(answer.error).toBe(
      `every hour gives ${instants} instants, more than 20000: choose a larger intervalMs, a smaller maxDataPoints or a shorter range`,
    );
    expect(answer.status).toBe(400);
  });

  it('no more shifts are answered than one answer holds, and far too many are refused', async () => {
    const query = { queryType: 'budget', view: 'shifts', limit: 1_000_000 };
    expect(await said(small, query, { budgets: [shifts(MINUTE)] })).toMatchObject({
      rows: MOST_ROWS,
      texts: [expect.stringContaining(`Showing ${MOST_ROWS} of ${7.5 * 24 * 60} shifts: narrow`)],
    });
    const { error, status } = await ask(small, query, { budgets: [shifts(1000)] });
    expect(error).toBe(
      `the range holds ${7.5 * 86_400} shifts, more than ${MOST_POINTS}: choose a shorter range, a filter or one budget by its name`,
    );
    expect(status).toBe(400);
  });

  it('more figures than one answer is made of are refused with what to do', async () => {
    const { error, status } = await ask(large, {
      metric: 'incidents',
      by: ['fingerprint'],
      bucket: 'hour',
      range: { from: '2025-08-01T00:00:00.000Z', to: '2026-03-30T00:00:00.000Z' },
    });
    expect(error).toMatch(/group by fewer dimensions, choose a larger bucket, a shorter range or a filter/);
    expect(status).toBe(400);
  });
});

it('a query that takes long is noted with its type, its time and its rows, and nothing of what it asks about', async () => {
  const notes: unknown[] = [];
  const log = Object.assign(createLog('silent'), { warn: (...note: unknown[]) => notes.push(note) });
  const answering = {
    reader: small,
    settings: { ...readConfig({}), slowQuery: 0 },
    plans: () => ({ budgets: [], slos: [], faults: [] }),
    configuration: () => 'as tested',
    log,
  };
  const filters = [{ dimension: 'user', op: '=' as const, values: ['Ann'] }];
  const queries: Query[] = [
    {
      refId: 'A',
      queryType: 'metric',
      metric: 'pages',
      by: ['means'],
      range: { from: FROM, to: '2026-03-30T00:00:00.000Z' },
      filters,
    },
    { refId: 'B', queryType: 'Ann', range: { from: FROM, to: FROM } },
  ];
  const { results } = await runQueries({ queries }, answering, new AbortController().signal);
  expect(rowsOf(results.A as never)).toHaveLength(1);
  expect(notes).toEqual(
    expect.arrayContaining([
      [
        { queryType: 'metric', metric: 'pages', ms: expect.any(Number), rows: 1, status: 200 },
        'a slow query',
      ],
      [{ ms: expect.any(Number), rows: 0, status: 400 }, 'a slow query'],
    ]),
  );
  expect(JSON.stringify(notes)).not.toContain('Ann');
});

it('rows are written although questions never cease', async () => {
  const heavy = sql`SELECT count(*) AS "n" FROM "page" AS "a" JOIN (SELECT * FROM "page" LIMIT 200) AS "b" ON "a"."time" <> "b"."time"`;
  let written = false;
  const readOn = async () => {
    while (!written) await large.read(heavy);
  };
  const readers = Array.from({ length: 12 }, readOn);
  await large
    .transact((writer) =>
      writer.put('team', [{ id: 'T9', name: 'New', url: null, listed: true, deleted_at: null }]),
    )
    .finally(() => {
      written = true;
    });
  await Promise.all(readers);
  expect(await large.read(sql`SELECT "name" FROM "team" WHERE "id" = 'T9'`)).toEqual([{ name: 'New' }]);
});
