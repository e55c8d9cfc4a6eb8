import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, entry, incident, rowsOf, to } from '../testing/account.ts';

let store: Store;
const minute = (minutes: number) =>
  new Date(Date.parse('2026-03-12T23:40:00Z') + minutes * 60_000).toISOString();
/** Incidents of S1 9 to 10 minutes apart over midnight, one of S2 between them, and one of S1 a second too late. */
const STORM = [
  incident('I10', minute(0), { title: 'first' }),
  incident('I11', minute(10)),
  incident('I12', minute(19), { resolved_at: Date.parse(minute(200)) }),
  incident('I13', minute(15), { service_id: 'S2', status: 'acknowledged', resolved_at: null }),
  ...Array.from({ length: 12 }, (_, index) => incident(`I${20 + index}`, minute(29 + index * 10))),
  incident('I40', new Date(Date.parse(minute(149)) + 1000).toISOString()),
];

beforeAll(async () => {
  store = await accountStore();
  await store.transact(async (writer) => {
    await writer.put('incident', STORM);
    await writer.put('log_entry', [
      entry('N1', 'I10', 'notify', minute(0), to('Ann')),
      entry('N2', 'I25', 'notify', minute(90), to('Ann')),
    ]);
    await derive(
      writer,
      { incidents: STORM.map(({ id }) => id) },
      { settings: readConfig({}), covered: null },
    );
  });
});
afterAll(() => store.close());

const episodesOf = async (query: Parameters<typeof ask>[1]) =>
  rowsOf(await ask(store, { queryType: 'episodes', ...query }));

it('an episode goes on while the next incident of the service comes within 10 minutes, past the range too', async () => {
  const range = { from: '2026-03-12T00:00:00.000Z', to: '2026-03-13T00:00:00.000Z' };
  expect(await episodesOf({ range })).toEqual([
    {
      time: Date.parse(minute(15)),
      end: null,
      service: 'Service S2',
      service_id: 'S2',
      incidents: 1,
      pages: 0,
      first_title: 'disk 13 full',
    },
    {
      time: Date.parse(minute(0)),
      end: Date.parse(minute(200)),
      service: 'Service S1',
      service_id: 'S1',
      incidents: 15,
      pages: 2,
      first_title: 'first',
    },
  ]);
});

it('an episode that began before the range is not one of it', async () => {
  const range = { from: '2026-03-13T00:00:00.000Z', to: '2026-03-14T00:00:00.000Z' };
  expect(await episodesOf({ range })).toMatchObject([{ incidents: 1, first_title: 'disk 40 full' }]);
});

it('episodes of the metric and of the table are the same, and filters look at the first incident', async () => {
  const [count] = rowsOf(await ask(store, { metric: 'episodes', format: 'table' }));
  expect(count?.episodes).toBe((await episodesOf({})).length);
  const filters = [{ dimension: 'status', op: '=' as const, values: ['acknowledged'] }];
  expect(await episodesOf({ filters })).toMatchObject([{ service: 'Service S2' }]);
});

it('an incident without a service is an episode by itself', async () => {
  const alone = await accountStore();
  const nowhere = ['2026-03-20T08:00:00Z', '2026-03-20T08:05:00Z'].map((at, n) =>
    incident(`I9${n}`, at, { service_id: null }),
  );
  await alone.transact(async (writer) => {
    await writer.put('incident', nowhere);
    const incidents = nowhere.map(({ id }) => id);
    await derive(writer, { incidents }, { settings: readConfig({}), covered: null });
  });
  const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-21T00:00:00.000Z' };
  expect(rowsOf(await ask(alone, { queryType: 'episodes', range }))).toMatchObject([
    { service: null, incidents: 1 },
    { service: null, incidents: 1 },
  ]);
  expect(rowsOf(await ask(alone, { metric: 'episodes', format: 'table', range }))).toMatchObject([
    { episodes: 2 },
  ]);
  await alone.close();
});
