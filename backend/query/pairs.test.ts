import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { dimensionsOfMetric } from './allowed.ts';
import { dimensions } from './dimensions.ts';
import { METRICS } from './metrics/index.ts';
import { accountStore, ask, FROM, rowsOf, TO } from './testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

const table = async (query: Parameters<typeof ask>[1]) =>
  rowsOf(await ask(store, { format: 'table', ...query }));

describe.each(Object.entries(METRICS))('metric %s', (metric, about) => {
  const allowed = dimensionsOfMetric(about);
  it.each(allowed)('goes with %s, grouped, in weeks and filtered', async (dimension) => {
    const rows = await table({ metric, by: [dimension] });
    const weeks = await table({ metric, by: [dimension], bucket: 'week' });
    expect(weeks.length).toBe(rows.length * 4);
    const id = dimensions[dimension]?.thing ? `${dimension}_id` : dimension;
    const row = rows.find((one) => one[id] !== null);
    if (row === undefined) return;
    const filters = [{ dimension, op: '=' as const, values: [String(row[id])] }];
    expect(await table({ metric, by: [dimension], filters })).toEqual([row]);
  });

  const others = Object.keys(dimensions).filter((dimension) => !allowed.includes(dimension));
  it.runIf(others.length > 0).each(others)('is refused with %s, told which go', async (dimension) => {
    const asked = [{ by: [dimension] }, { filters: [{ dimension, op: '!=' as const, values: [] }] }];
    for (const query of asked) {
      const { error, status } = await ask(store, { metric, ...query });
      expect(status).toBe(400);
      expect(error).toContain(`dimension "${dimension}" does not go with `);
      expect(error).toContain(`use ${allowed.join(', ')}`);
    }
  });
});

describe('compared with the period before', () => {
  const range = { from: '2026-03-09T00:00:00.000Z', to: '2026-03-16T00:00:00.000Z' };
  const before = { from: '2026-03-02T00:00:00.000Z', to: range.from };
  it.each(Object.keys(METRICS))('metric %s has what that period tells of itself', async (metric) => {
    const [own] = await table({ metric, range: before });
    const [now] = await table({ metric, range });
    const [both] = await table({ metric, range, compare: 'previous' });
    const [figure, previous] = [now?.[metric] as number | null, own?.[metric] as number | null];
    const change = figure === null || previous === null ? null : figure - previous;
    expect(both).toEqual({ [metric]: figure, previous, change });
  });

  it('in buckets each stands beside the one that lies the range earlier', async () => {
    const days = await table({ metric: 'pages', range, bucket: 'day', compare: 'previous' });
    expect(days.map((row) => row.previous)).toEqual([0, 2, 0, 0, 0, 0, 0]);
    expect(days.map((row) => row.pages)).toEqual([2, 0, 0, 0, 0, 0, 0]);
    expect(days[0]?.time).toBe(Date.parse(range.from));
  });

  it('goes back by any length of range', async () => {
    const long = { from: '2026-03-09T00:00:00.000Z', to: '2026-05-09T00:00:00.500Z' };
    const months = await table({ metric: 'pages', range: long, bucket: 'month', compare: 'previous' });
    expect(months.map((row) => row.pages)).toEqual([2, null, null]);
    const [whole] = await table({ metric: 'pages', range: long, compare: 'previous' });
    expect(whole).toEqual({ pages: 2, previous: null, change: null });
  });

  it('a group that only one of the two has is there with both', async () => {
    const rows = await table({ metric: 'pages', by: ['user'], range, compare: 'previous' });
    expect(rows).toEqual([
      { user: 'Bob B.', user_id: 'Bob', pages: 2, previous: 0, change: 2 },
      { user: 'Ann B.', user_id: 'Ann', pages: 0, previous: 2, change: -2 },
    ]);
  });

  it('is a second series over the same times, with a label', async () => {
    const { frames } = await ask(store, { metric: 'pages', range, bucket: 'day', compare: 'previous' });
    expect(frames.map((frame) => frame.schema.fields[1]?.labels)).toEqual([{}, { compare: 'previous' }]);
    expect(frames[1]?.schema.name).toBe('Pages (period before)');
    expect(frames[1]?.data.values[0]).toEqual(frames[0]?.data.values[0]);
  });

  it('is null with a notice where the earlier period is not harvested whole', async () => {
    const answer = await ask(store, {
      metric: 'pages',
      range: { from: FROM, to: TO },
      format: 'table',
      compare: 'previous',
    });
    expect(rowsOf(answer)).toEqual([{ pages: 4, previous: null, change: null }]);
    const { custom, notices } = answer.frames[0]?.schema.meta ?? {};
    expect(custom?.complete).toBe(false);
    expect(notices?.at(-1)?.text).toMatch(
      /^previous is empty where pages was not harvested: .* from 2026-03-02/,
    );
  });

  it('follows elapsed time over a clock change', async () => {
    const spring = { from: '2026-03-28T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' };
    const rows = await table({
      metric: 'on_call_hours',
      range: spring,
      bucket: 'hour',
      timeZone: 'Europe/Berlin',
      compare: 'previous',
    });
    expect(rows.length).toBe(23);
  });
});

describe('heat maps', () => {
  it('of weekday and hour are a row for each weekday over the hours of the day', async () => {
    const { frames } = await ask(store, { metric: 'pages', by: ['weekday', 'hour'], format: 'heatmap' });
    const { fields, meta } = frames[0]?.schema ?? {};
    expect(meta?.type).toBe('heatmap-rows');
    expect(fields?.map((field) => field.config?.displayName)).toEqual(['Hour', 'Monday', 'Tuesday']);
    const [hours, monday, tuesday] = frames[0]?.data.values ?? [];
    expect(hours).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
    expect(monday?.flatMap((count, hour) => (count ? [[hour, count]] : []))).toEqual([
      [14, 1],
      [23, 1],
    ]);
    expect(tuesday?.flatMap((count, hour) => (count ? [[hour, count]] : []))).toEqual([[3, 2]]);
    expect(monday?.[0]).toBe(0);
  });

  it('over time have a column for each value, and one of nothing where there is none', async () => {
    const users = await ask(store, { metric: 'pages', by: ['user'], bucket: 'week', format: 'heatmap' });
    expect(users.frames[0]?.schema.fields.map((field) => field.config?.displayName)).toEqual([
      'Time',
      'Ann B.',
      'Bob B.',
    ]);
    const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-21T00:00:00.000Z' };
    const none = await ask(store, {
      metric: 'pages',
      by: ['user'],
      bucket: 'hour',
      format: 'heatmap',
      range,
    });
    expect(none.frames[0]?.schema.fields.map((field) => field.type)).toEqual(['time', 'number']);
  });

  it('of two dimensions of which the second has no numbers are refused', async () => {
    const { error } = await ask(store, { metric: 'pages', by: ['hour', 'user'], format: 'heatmap' });
    expect(error).toMatch(/takes hour or weekday as the second, not "user"/);
  });
});
