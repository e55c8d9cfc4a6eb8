import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { RowOf } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { MOST_SERIES } from '../rows.ts';
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

it('a heat map draws those first who were interrupted most, however the limit cuts', async () => {
  const own = await accountStore();
  const nights = ['2026-03-20T01:00:00Z', '2026-03-21T01:00:00Z', '2026-03-22T01:00:00Z'];
  const pages = nights.map((at, n) => ({ ...page('Zoe', Date.parse(at)), id: `Z${n}` }));
  await own.transact((writer) => writer.put('page', pages));
  const { frames } = await ask(own, { queryType: 'night', format: 'heatmap', limit: 1 });
  expect(frames[0]?.schema.fields.map(({ config }) => config?.displayName)).toEqual(['Night', 'Zoe']);
  await own.close();
});

it('a heat map without a night is still one that the panel can draw', async () => {
  const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-21T00:00:00.000Z' };
  const { frames } = await ask(store, { queryType: 'night', format: 'heatmap', range });
  expect(frames[0]?.schema.fields.map(({ type }) => type)).toEqual(['time', 'number']);
  expect(frames[0]?.data.values).toEqual([[], []]);
});

it('no more people are drawn than a panel can bear, fewer of them the more nights there are, and the notice counts all', async () => {
  const own = await accountStore();
  const people = Array.from({ length: 1050 }, (_, n) => ({ user: `U${n}`, at: '2026-03-05T01:00:00Z' }));
  const first = { user: 'Z', at: '2022-03-05T01:00:00Z' };
  await own.transact((writer) =>
    writer.put(
      'page',
      [...people, first].map(({ user, at }) => page(user, Date.parse(at))),
    ),
  );
  const drawn = async (from: string) => {
    const range = { from, to: '2026-03-06T00:00:00.000Z' };
    const query = { queryType: 'night', format: 'heatmap', range, limit: 1_000_000 };
    const { frames } = await ask(own, query);
    const notices = frames[0]?.schema.meta.notices?.map(({ text }) => text) ?? [];
    return {
      columns: (frames[0]?.schema.fields.length ?? 0) - 1,
      nights: frames[0]?.data.values[0]?.length,
      told: notices.filter((text) => text.startsWith('Showing')),
    };
  };
  const narrow = 'narrow the filters or the range to see the others.';
  expect(await drawn('2026-03-04T00:00:00.000Z')).toEqual({
    columns: MOST_SERIES,
    nights: 2,
    told: [`Showing 1000 of 1051 people: ${narrow}`],
  });
  expect(await drawn('2022-01-01T00:00:00.000Z')).toEqual({
    columns: 341,
    nights: 1463,
    told: [`Showing 341 of 1052 people: ${narrow}`],
  });
  await own.close();
});

/** A page that woke somebody for half an hour. */
const page = (user: string, time: number): RowOf<'page'> => ({
  ...{ id: `M${user}`, incident_id: `X${user}`, user_id: user, means: 'push', hour_class: 'sleep' },
  ...{ time, local_time: time, awake_until: time + 30 * MINUTE, awake_at_night: 30 },
  ...{ weekday: 4, hour: 1, night: new Date(time - DAY).toISOString().slice(0, 10) },
  ...{ urgency: null, priority_id: null, notifications: 1, interruption: true, service_id: null },
  ...{ escalation_policy_id: null, fingerprint: null, category: null, own: false },
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
