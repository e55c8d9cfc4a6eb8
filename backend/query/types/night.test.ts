import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../store/store.ts';
import { accountStore, ask } from '../testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

it('a heat map of nights has a row for each person over the dates, nothing where a person had no night', async () => {
  const { frames } = await ask(store, {
    queryType: 'night',
    format: 'heatmap',
    view: 'awake_minutes',
    timeZone: 'Europe/Berlin',
  });
  const { meta, fields } = frames[0]?.schema ?? {};
  expect(meta?.type).toBe('heatmap-rows');
  expect(fields?.map(({ type, config }) => [type, config?.displayName])).toEqual([
    ['time', 'Night'],
    ['number', 'Ann B.'],
    ['number', 'Bob B.'],
  ]);
  const [nights, ann, bob] = frames[0]?.data.values ?? [];
  expect(nights?.[0]).toBe(Date.parse('2026-03-01T23:00:00Z'));
  expect(ann).toEqual([80, 0, 0, 0, 0, 0, 0, null]);
  expect(bob).toEqual([null, null, null, null, null, null, 0, 30]);
});

it('a heat map without a night is still one that the panel can draw', async () => {
  const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-21T00:00:00.000Z' };
  const { frames } = await ask(store, { queryType: 'night', format: 'heatmap', range });
  expect(frames[0]?.schema.fields.map(({ type }) => type)).toEqual(['time', 'number']);
  expect(frames[0]?.data.values).toEqual([[], []]);
});
