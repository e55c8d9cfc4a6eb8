import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Query } from '../contract.ts';
import { derive } from '../harvest/derive.ts';
import { createLog } from '../log.ts';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Store } from '../store/store.ts';
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

const said = async (store: Store, query: Partial<Query>) => {
  const { frames, error } = await ask(store, query);
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
    [{ metric: 'incidents', by: ['team'], format: 'table' }, 'Showing 1 of 3 rows'],
    [{ metric: 'incidents', by: ['team'], format: 'table', bucket: 'week' }, 'Showing 1 of 12 rows'],
  ])('of %o leaves one row and tells how many there are', async (query, text) => {
    const { rows, texts } = await said(small, { ...query, limit: 1 });
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
  await large.transact((writer) =>
    writer.put('team', [{ id: 'T9', name: 'New', url: null, listed: true, deleted_at: null }]),
  );
  written = true;
  await Promise.all(readers);
  expect(await large.read(sql`SELECT "name" FROM "team" WHERE "id" = 'T9'`)).toEqual([{ name: 'New' }]);
});
