import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { derive } from '../harvest/derive.ts';
import type { Store } from '../store/store.ts';
import { accountStore, ask, entry, incident, ROWS, rowsOf, TO, to } from './testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

const table = async (query: Parameters<typeof ask>[1]) =>
  rowsOf(await ask(store, { format: 'table', ...query }));
const filter = (dimension: string, op: '=' | '!=' | '=~' | '!~', ...values: string[]) => ({
  filters: [{ dimension, op, values }],
});

describe('a dimension with several values', () => {
  it('counts a row once in each of them', async () => {
    const rows = await table({ metric: 'incidents', by: ['team'] });
    expect(rows.map((row) => [row.team_id, row.incidents])).toEqual([
      [null, 4],
      ['T2', 2],
      ['T1', 1],
    ]);
  });

  it('shows only matching values under a positive filter', async () => {
    const rows = await table({ metric: 'incidents', by: ['team'], ...filter('team', '=', 'Payments') });
    expect(rows).toEqual([{ team: 'Payments', team_id: 'T1', incidents: 1 }]);
  });

  it('drops rows with any matching value under a negative filter, and keeps those without one', async () => {
    expect(await table({ metric: 'incidents', ...filter('team', '!=', 'Payments') })).toEqual([
      { incidents: 5 },
    ]);
    expect(await table({ metric: 'incidents', ...filter('team', '!~', '.*') })).toEqual([{ incidents: 4 }]);
  });
});

describe('filters', () => {
  it('take ids, names and anchored regular expressions alike', async () => {
    for (const values of [
      filter('service', '=', 'S2'),
      filter('service', '=', 'Service S2'),
      filter('service', '=~', '.*2'),
    ]) {
      expect(await table({ metric: 'incidents', ...values })).toEqual([{ incidents: 1 }]);
    }
    expect(await table({ metric: 'incidents', ...filter('service', '=~', '2') })).toEqual([{ incidents: 0 }]);
  });

  it('bind hostile names instead of writing them into SQL', async () => {
    expect(await table({ metric: 'incidents', ...filter('team', '=', ROWS.team[1].name) })).toEqual([
      { incidents: 2 },
    ]);
    const hostile = await ask(store, {
      metric: 'incidents',
      ...filter('service', '=', "x' OR 1=1; DROP TABLE page; --"),
    });
    expect(hostile.error).toMatch(/Service "x' OR 1=1.*" is unknown; did you mean/);
    expect(await table({ metric: 'pages' })).toEqual([{ pages: 4 }]);
  });
});

describe('buckets', () => {
  it('are labelled with the first instant of the local day and dense, zeros where nothing happened', async () => {
    const rows = await table({ metric: 'incidents', bucket: 'day', timeZone: 'Europe/Berlin' });
    expect(rows[0]).toEqual({ time: Date.parse('2026-03-01T23:00:00Z'), incidents: 0 });
    expect(rows.at(-1)).toEqual({ time: Date.parse('2026-03-29T22:00:00Z'), incidents: 0 });
    expect(rows.find((row) => row.time === Date.parse('2026-03-28T23:00:00Z'))?.incidents).toBe(1);
  });

  it('past what is harvested are null, not 0', async () => {
    const range = { from: '2026-03-29T00:00:00.000Z', to: '2026-04-02T00:00:00.000Z' };
    const rows = await table({ metric: 'incidents', bucket: 'day', range });
    expect(rows.map((row) => row.incidents)).toEqual([1, null, null, null]);
  });
});

describe('nights', () => {
  it('tell the awake time, the longest sleep left and the recovery of each person', async () => {
    const rows = await table({ queryType: 'night' });
    const woken = rows.find((row) => row.user_id === 'Ann' && row.night === '2026-03-02');
    expect(woken).toMatchObject({
      user: 'Ann B.',
      on_call_hours: 10,
      sleep_interruptions: 1,
      awake_minutes: 80,
      broken: true,
      severe: false,
    });
    expect(woken?.longest_block_minutes).toBe(300);
    expect(rows.filter((row) => row.user_id === 'Bob').map((row) => row.night)).toEqual([
      '2026-03-08',
      '2026-03-09',
    ]);
  });
});

describe('noise', () => {
  it('ranks alerts by interruptions and charges a merged stretch to the alert that began it', async () => {
    const rows = await table({ queryType: 'noise' });
    expect(rows[0]).toMatchObject({
      fingerprint: 'disk <n> full',
      service: 'Service S1',
      incidents: 5,
      pages: 3,
      interruptions: 3,
      share: 1,
    });
    expect(rows[1]).toMatchObject({
      service: 'Service S2',
      incidents: 1,
      pages: 1,
      interruptions: 0,
      awake_minutes: 0,
    });
  });
});

it('noise charges a stretch that two alerts begin in one second to the one whose notification has the lesser id', async () => {
  const tied = await accountStore();
  const at = '2026-03-20T23:00:00Z';
  await tied.transact(async (writer) => {
    await writer.put('incident', [incident('I7', at), incident('I8', at, { service_id: 'S2' })]);
    await writer.put('log_entry', [
      entry('M2', 'I7', 'notify', at, to('Ann')),
      entry('M1', 'I8', 'notify', at, to('Ann')),
    ]);
    await derive(writer, { incidents: ['I7', 'I8'] }, { settings: readConfig({}), covered: null });
  });
  const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-22T00:00:00.000Z' };
  const rows = rowsOf(await ask(tied, { queryType: 'noise', range }));
  const awake = rows.map(({ service, awake_minutes }) => `${service} ${awake_minutes}`);
  expect(awake.toSorted()).toEqual(['Service S1 0', 'Service S2 30']);
  await tied.close();
});

it('noise takes shares of all interruptions, those of alerts that the limit leaves out among them', async () => {
  const three = await accountStore();
  const pages = [
    { id: 'I7', at: '2026-03-20T08:00:00Z', service_id: 'S1' },
    { id: 'I8', at: '2026-03-20T12:00:00Z', service_id: 'S1' },
    { id: 'I9', at: '2026-03-20T16:00:00Z', service_id: 'S2' },
  ];
  await three.transact(async (writer) => {
    await writer.put(
      'incident',
      pages.map(({ id, at, service_id }) => incident(id, at, { service_id })),
    );
    await writer.put(
      'log_entry',
      pages.map(({ id, at }) => entry(`M${id}`, id, 'notify', at, to('Ann'))),
    );
    const incidents = pages.map(({ id }) => id);
    await derive(writer, { incidents }, { settings: readConfig({}), covered: null });
  });
  const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-22T00:00:00.000Z' };
  const answer = await ask(three, { queryType: 'noise', range, limit: 1 });
  expect(rowsOf(answer)).toMatchObject([{ service: 'Service S1', interruptions: 2, share: 2 / 3 }]);
  const texts = answer.frames[0]?.schema.meta.notices?.map(({ text }) => text).join(' ');
  expect(texts).toContain('Showing 1 of 2 alerts');
  await three.close();
});

describe('bad input', () => {
  const faults: [string, Parameters<typeof ask>[1], RegExp][] = [
    ['an unknown query type', { queryType: 'metrik' }, /queryType "metrik" is unknown; did you mean metric/],
    ['an unknown metric', { metric: 'incident' }, /metric "incident" is unknown; did you mean incidents/],
    ['a missing metric', {}, /metric is missing; choose one of/],
    [
      'an unknown dimension',
      { metric: 'incidents', by: ['servise'] },
      /dimension "servise" is unknown; did you mean service/,
    ],
    [
      'a dimension that does not go',
      { metric: 'incidents', by: ['user'] },
      /"user" does not go with metrics of incidents; use service, team/,
    ],
    [
      'an unknown zone',
      { metric: 'incidents', timeZone: 'Europe/Berlim' },
      /timeZone "Europe\/Berlim" is not an IANA time zone; did you mean Europe\/Berlin/,
    ],
    [
      'an unknown value',
      { metric: 'incidents', ...filter('team', '=', 'Payment') },
      /Team "Payment" is unknown; did you mean Payments/,
    ],
    [
      'a broken pattern',
      { metric: 'incidents', ...filter('team', '=~', '(') },
      /"\(" is not a regular expression/,
    ],
    [
      'a pattern that would be tried for ever',
      { metric: 'incidents', ...filter('team', '=~', '(.*.*.*.*.*.*.*.*.*.*.*.*)*x') },
      /takes too long to try: write a simpler regular expression/,
    ],
    ['a stat without one', { metric: 'incidents', stat: 'p50' }, /has no stat: leave stat out/],
    [
      'an unknown bucket',
      { metric: 'incidents', bucket: 'year' },
      /bucket "year" is unknown; choose one of none, auto, hour/,
    ],
    [
      'a range without zone',
      { metric: 'incidents', range: { from: '2026-03-01', to: '2026-03-02' } },
      /range.from is not an instant such as/,
    ],
    [
      'a range back to front',
      { metric: 'incidents', range: { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' } },
      /range.from is not before range.to/,
    ],
    [
      'too many buckets',
      {
        metric: 'incidents',
        bucket: 'hour',
        range: { from: '2010-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      },
      /choose a larger bucket or a shorter range/,
    ],
    [
      'an unknown field of a filter',
      { metric: 'incidents', filters: [{ dimension: 'team', op: '=', value: 'x' } as never] },
      /filters\.0\.value is not a field; did you mean values/,
    ],
    [
      'an unknown budget',
      { queryType: 'budget', name: 'x' },
      /budget "x" is unknown; no file in the budgets folder/,
    ],
  ];
  const wrongTypes: [string, object, RegExp][] = [
    [
      'a text for filters',
      { filters: 'team' },
      /^filters is not a list, for instance \[\{"dimension": "team"/,
    ],
    ['a number for a filter', { filters: [7] }, /^filters\.0 is not an object$/],
    [
      'wrong parts of a filter',
      { filters: [{ dimension: 5, op: 'is', values: [1] }] },
      /^filters\.0\.dimension is not a text; filters\.0\.op is not one of = != =~ !~; filters\.0\.values\.0 is not a text$/,
    ],
    [
      'a filter of nothing',
      { filters: [{}] },
      /^filters\.0\.dimension is missing; .*values is not a list of texts, for instance \["Payments"\]$/,
    ],
    ['a text for by', { by: 'team' }, /^by is not a list, for instance \["team"\]$/],
    ['numbers for by', { by: [7] }, /^by\.0 is not a text$/],
    ['a number for the range', { range: 7 }, /^range is not an object, for instance \{"from"/],
    ['a number for an instant', { range: { from: 7, to: TO } }, /^range\.from is not a text$/],
    [
      'an instant before all',
      { range: { from: '0000-01-01T00:00:00Z', to: TO } },
      /is not between the years 1970 and 2999$/,
    ],
    ['a text for the limit', { limit: 'all' }, /^limit is not a number$/],
    ['a limit of nothing', { limit: 0 }, /^limit is not above 0$/],
    ['a limit beyond numbers', { limit: 1e300 }, /^limit is not a whole number$/],
    ['a list for the metric', { metric: ['pages'] }, /^metric is not a text$/],
    ['nothing for the view', { view: null }, /^view is not a text$/],
  ];
  it.each(wrongTypes)('%s is refused in our words', async (_what, query, message) => {
    const { status, error } = await ask(store, { metric: 'pages', ...query });
    expect(error).toMatch(message);
    expect(status).toBe(400);
  });

  it.each(faults)('%s is refused with what would be right', async (_what, query, message) => {
    const { status, error, frames } = await ask(store, query);
    expect(error).toMatch(message);
    expect(status).toBe(400);
    expect(frames).toEqual([]);
  });
});
