import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import type { Query, QueryResult, Viewer } from '../../contract.ts';
import { createLog } from '../../log.ts';
import { emailHash, KEY_NOTE } from '../../model/keyed-hash.ts';
import type { Reader, Store } from '../../store/store.ts';
import { cached } from '../cache/cached.ts';
import { catalogue } from '../catalogue.ts';
import { runQueries } from '../run.ts';
import { accountStore, FROM, ROWS, rowsOf, TO } from '../testing/account.ts';
import { valuesOf } from '../values.ts';
import type { Policy } from './view.ts';

const KEY = '00'.repeat(32);
const ANN: Viewer = { login: 'someone', email: 'Ann@Example.com', role: 'Viewer' };
const SCHEDULER: Viewer = { login: 'grafana_scheduler', email: '', role: 'Admin' };

let store: Store;
/** One for all viewers, as in a running backend. */
let shared: Reader;
beforeAll(async () => {
  store = await accountStore();
  await store.transact(async (writer) => {
    await writer.put('note', [{ name: KEY_NOTE, value: KEY, written_at: null }]);
    const people = ROWS.user.map((user) => ({
      ...user,
      email_hash: emailHash(KEY, `${user.id}@example.com`),
    }));
    await writer.put('user', people);
  });
  shared = cached(store);
});
afterAll(() => store.close());

async function ask(people: Policy, viewer: Viewer | undefined, query: Partial<Query>): Promise<QueryResult> {
  const queries: Query[] = [{ refId: 'A', queryType: 'metric', range: { from: FROM, to: TO }, ...query }];
  const answering = {
    reader: shared,
    settings: { ...readConfig({}), people },
    plans: () => ({ budgets: [], slos: [], faults: [] }),
    configuration: () => 'as tested',
    log: createLog('silent'),
  };
  const request = { queries, ...(viewer && { viewer }) };
  const { results } = await runQueries(request, answering, new AbortController().signal);
  return results.A as QueryResult;
}

/** Every kind of question there is: each type in each view, each metric by each of its dimensions in each format. */
function everything(): Partial<Query>[] {
  const { queryTypes, metrics } = catalogue();
  const types = queryTypes.flatMap(({ name, example, fields }) => {
    const choices = ['view', 'format'].flatMap(
      (property) =>
        fields
          .find((field) => field.name === property)
          ?.choices?.map(({ value }) => ({ [property]: value })) ?? [],
    );
    return [{}, ...choices].map((choice) => ({ ...example, queryType: name, ...choice }));
  });
  const figures = metrics.flatMap((metric) =>
    metric.dimensions.flatMap((by) =>
      (by === 'user' ? ['time_series', 'table', 'heatmap'] : ['table']).map((format) => ({
        metric: metric.name,
        by: [by],
        format,
      })),
    ),
  );
  const both = metrics
    .filter((metric) => metric.dimensions.includes('user'))
    .flatMap(({ name }) => [
      { metric: name, by: ['user', 'hour'], format: 'heatmap' },
      { metric: name, by: ['service', 'user'], format: 'table', compare: 'previous' },
    ]);
  const filters = (['=', '!=', '=~', '!~'] as const).flatMap((op) =>
    ['Somebody', 'Bo', '.*', 'B.*'].map((value) => ({
      metric: 'pages',
      by: ['user'],
      filters: [{ dimension: 'user', op, values: [value] }],
    })),
  );
  return [...types, ...figures, ...both, ...filters];
}

describe('aggregates', () => {
  for (const [who, viewer, hidden] of [
    ['nobody', undefined, /\bAnn\b|\bBob\b/i],
    ['a process of Grafana', SCHEDULER, /\bAnn\b|\bBob\b/i],
    ['another person', ANN, /\bBob\b/i],
  ] as const) {
    it(`shows ${who} no name, id or e-mail of a person, whatever is asked`, async () => {
      const questions = everything();
      expect(questions.length).toBeGreaterThan(100);
      for (const question of questions) {
        const answer = await ask('aggregates', viewer, question);
        expect(JSON.stringify(answer), JSON.stringify(question)).not.toMatch(hidden);
      }
      for (const { name } of catalogue().dimensions) {
        const settings = { people: 'aggregates' } as const;
        const plans = () => ({ budgets: [], slos: [], faults: [] });
        const values = await valuesOf({ reader: store, plans, settings, viewer }, name, '');
        expect(JSON.stringify(values)).not.toMatch(hidden);
      }
    });
  }

  it('keeps totals, and leaves out rows and lines of others with a notice', async () => {
    const total = rowsOf(await ask('aggregates', undefined, { metric: 'pages', format: 'table' }));
    expect(total).toEqual(rowsOf(await ask('names', undefined, { metric: 'pages', format: 'table' })));
    const own = await ask('aggregates', ANN, { metric: 'pages', by: ['user'], format: 'table' });
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
    const seen = rowsOf(await ask('aggregates', ANN, of('Ann B.')));
    expect(seen).toEqual(rowsOf(await ask('names', undefined, of('Ann'))));
    expect((await ask('aggregates', ANN, of('Bob'))).error).toMatch(/shows nobody but yourself/);
    expect((await ask('aggregates', undefined, of('Ann'))).error).toMatch(/shows nobody but yourself/);
  });
});

describe('pseudonyms', () => {
  it('stand for others in every answer, the same each time, and find them again', async () => {
    for (const question of everything()) {
      const answer = await ask('pseudonyms', ANN, question);
      if (!answer.error) expect(JSON.stringify(answer), JSON.stringify(question)).not.toMatch(/\bBob\b/);
    }
    const byUser = { metric: 'pages', by: ['user'], format: 'table' };
    const rows = rowsOf(await ask('pseudonyms', ANN, byUser));
    const other = rows.find((row) => row.user_id !== 'Ann');
    expect(other?.user).toMatch(/^person-[0-9a-f]{10}$/);
    expect(rows.find((row) => row.user_id === 'Ann')?.user).toBe('Ann B.');
    const filters = [{ dimension: 'user', op: '=' as const, values: [String(other?.user)] }];
    const found = rowsOf(await ask('pseudonyms', ANN, { ...byUser, filters }));
    expect(found).toEqual([other]);
  });
});

it('shows names where the configuration says nothing', async () => {
  const rows = rowsOf(await ask('names', undefined, { metric: 'pages', by: ['user'], format: 'table' }));
  expect(rows.map((row) => row.user).sort()).toEqual(['Ann B.', 'Bob B.']);
});
