import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, entry, incident, rowsOf, to } from '../testing/account.ts';

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

it('recovery reaches to the first interruption after a broken night, long after the range too', async () => {
  const own = await accountStore();
  const at = '2026-03-20T12:00:00Z';
  await own.transact(async (writer) => {
    await writer.put('incident', [incident('I7', at)]);
    await writer.put('log_entry', [entry('L70', 'I7', 'notify', at, to('Ann'))]);
    await derive(writer, { incidents: ['I7'] }, { settings: readConfig({}), covered: null });
  });
  const range = { from: '2026-03-02T12:00:00.000Z', to: '2026-03-03T12:00:00.000Z' };
  const [night] = rowsOf(await ask(own, { queryType: 'night', range }));
  // From 8 in Berlin on March 3 to noon (UTC) on March 20: 17 days and 5 hours.
  expect(night).toMatchObject({ night: '2026-03-02', broken: true, recovery_hours: 17 * 24 + 5 });
  await own.close();
});
