import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Query, QueryResult, Viewer } from '../../contract.ts';
import type { Store } from '../../store/store.ts';
import { catalogue } from '../catalogue.ts';
import { rowsOf } from '../testing/account.ts';
import { valuesOf } from '../values.ts';
import { ANN, askAs, OWN_NOTE, peopleStore, SCHEDULER, tellsOf } from './testing/account.ts';
import { everything, searches } from './testing/everything.ts';
import { plans } from './testing/plans.ts';
import type { Policy } from './view.ts';

let store: Store;
beforeAll(async () => {
  store = await peopleStore();
});
afterAll(() => store.close());

const textOf = (answer: QueryResult) => JSON.stringify(answer);
/** An answer without what its viewer wrote. */
const foreignTextOf = (answer: QueryResult, viewer: Viewer | undefined) =>
  viewer === ANN ? textOf(answer).replaceAll(OWN_NOTE, '') : textOf(answer);
const rowCount = ({ frames }: QueryResult) =>
  frames.reduce((sum, { data }) => sum + (data.values[0]?.length ?? 0), 0);

describe('names', () => {
  it('leave no question without an answer, and are told by all that is about people', async () => {
    const telling = new Set<string>();
    for (const question of everything()) {
      const answer = await askAs(store, 'names', undefined, question);
      expect(answer.error, textOf(answer)).toBeUndefined();
      expect(rowCount(answer), JSON.stringify(question)).toBeGreaterThan(0);
      if (tellsOf('Ann').test(textOf(answer)) && question.queryType) telling.add(question.queryType);
    }
    expect([...telling].sort()).toEqual([
      ...['budget', 'log_entries', 'metric', 'night', 'on_call', 'pages', 'people', 'review'],
    ]);
  });

  it('are shown where the configuration says nothing', async () => {
    const byUser = { metric: 'pages', by: ['user'], format: 'table' };
    const rows = rowsOf(await askAs(store, 'names', undefined, byUser));
    expect(rows.map((row) => row.user).sort()).toEqual(['Ann B.', 'Bob B.']);
  });
});

describe('aggregates', () => {
  for (const [who, viewer, hidden] of [
    ['nobody', undefined, tellsOf('Ann', 'Bob')],
    ['a process of Grafana', SCHEDULER, tellsOf('Ann', 'Bob')],
    ['another person', ANN, tellsOf('Bob')],
  ] as const) {
    it(`shows ${who} no name, id or e-mail of a person, whatever is asked`, async () => {
      for (const question of [...everything(), ...searches()]) {
        const answer = await askAs(store, 'aggregates', viewer, question);
        if (!question.filters) expect(answer.error, JSON.stringify(question)).toBeUndefined();
        expect(foreignTextOf(answer, viewer), JSON.stringify(question)).not.toMatch(hidden);
      }
      for (const name of [...catalogue().dimensions.map(({ name }) => name), 'budget', 'slo']) {
        const settings = { people: 'aggregates' } as const;
        const values = await valuesOf({ reader: store, plans, settings, viewer }, name, '');
        expect(JSON.stringify(values)).not.toMatch(hidden);
      }
    });
  }

  it('keeps totals, and leaves out rows and lines of others with a notice', async () => {
    const pages = { metric: 'pages', format: 'table' };
    const total = rowsOf(await askAs(store, 'aggregates', undefined, pages));
    expect(total).toEqual(rowsOf(await askAs(store, 'names', undefined, pages)));
    const own = await askAs(store, 'aggregates', ANN, { ...pages, by: ['user'] });
    expect(rowsOf(own).map((row) => row.user_id)).toEqual(['Ann']);
    expect(own.frames[0]?.schema.meta.notices?.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/people: aggregates/),
    );
  });

  it('lets a viewer filter by themselves and refuses anybody else', async () => {
    const of = (name: string): Partial<Query> => ({
      metric: 'pages',
      format: 'table',
      filters: [{ dimension: 'user', op: '=', values: [name] }],
    });
    const seen = rowsOf(await askAs(store, 'aggregates', ANN, of('Ann B.')));
    expect(seen).toEqual(rowsOf(await askAs(store, 'names', undefined, of('Ann'))));
    const refused = /shows nobody but yourself/;
    expect((await askAs(store, 'aggregates', ANN, of('Bob'))).error).toMatch(refused);
    expect((await askAs(store, 'aggregates', undefined, of('Ann'))).error).toMatch(refused);
  });
});

describe('pseudonyms', () => {
  it('stand for others in every answer, the same each time, and find them again', async () => {
    for (const question of [...everything(), ...searches()]) {
      const answer = await askAs(store, 'pseudonyms', ANN, question);
      if (!question.filters) expect(rowCount(answer), JSON.stringify(question)).toBeGreaterThan(0);
      expect(foreignTextOf(answer, ANN), JSON.stringify(question)).not.toMatch(tellsOf('Bob'));
    }
    const byUser = { metric: 'pages', by: ['user'], format: 'table' };
    const rows = rowsOf(await askAs(store, 'pseudonyms', ANN, byUser));
    const other = rows.find((row) => row.user_id !== 'Ann');
    expect(other?.user).toMatch(/^person-[0-9a-f]{10}$/);
    expect(rows.find((row) => row.user_id === 'Ann')?.user).toBe('Ann B.');
    const filters = [{ dimension: 'user', op: '=' as const, values: [String(other?.user)] }];
    const found = rowsOf(await askAs(store, 'pseudonyms', ANN, { ...byUser, filters }));
    expect(found).toEqual([other]);
  });
});

describe('a log line', () => {
  const range = { from: '2026-03-10T00:00:00.000Z', to: '2026-03-11T00:00:00.000Z' };
  const said = async (people: Policy, viewer: Viewer | undefined) =>
    rowsOf(await askAs(store, people, viewer, { queryType: 'log_entries', range }))
      .toReversed()
      .map(({ id, body }) => `${id} ${String(body).replace('#1 disk 1 full: ', '')}`);

  it('tells all under names', async () => {
    expect(await said('names', ANN)).toEqual([
      'T1 note "Bob was asleep" by Ann B.',
      'T2 note "Ann and Bob know why" by Bob B.',
      'T3 note "Ann handed over to Bob"',
      'T4 note "Ann will ask Bob"',
      'T5 Ann B. notified, means email by Bob B.',
      'T6 Bob B. notified, means email by Ann B.',
      'T7 Ann B. notified, means email',
      'T8 Ann B. notified, means email by Ann B.',
    ]);
  });

  it.each(['pseudonyms', 'aggregates'] as const)(
    'names nobody but the viewer under %s, and holds no words but their own',
    async (people) => {
      expect(await said(people, ANN)).toEqual([
        'T1 note "Bob was asleep" by Ann B.',
        'T2 noted',
        'T3 noted',
        'T4 noted',
        'T5 somebody notified, means email',
        'T6 somebody notified, means email',
        'T7 Ann B. notified, means email',
        'T8 Ann B. notified, means email by Ann B.',
      ]);
      expect(await said(people, undefined)).toEqual([
        ...['T1 noted', 'T2 noted', 'T3 noted', 'T4 noted'],
        ...['T5', 'T6', 'T7', 'T8'].map((id) => `${id} somebody notified, means email`),
      ]);
    },
  );
});
