import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import type { Query, QueryResult, Viewer } from '../../contract.ts';
import { derive } from '../../harvest/derive.ts';
import type { Store } from '../../store/store.ts';
import { entry, FROM, incident, rowsOf, TO, to } from '../testing/account.ts';
import { ANN, askAs, BOB, KEY, peopleStore } from './testing/account.ts';
import { type Policy, pseudonymOf } from './view.ts';

let store: Store;
beforeAll(async () => {
  store = await peopleStore();
});
afterAll(() => store.close());

describe('pseudonyms', () => {
  const ids = ['U1', 'U2', 'U3', 'U4', 'U5', 'U6'];
  const range = { from: '2026-03-20T00:00:00.000Z', to: '2026-03-22T00:00:00.000Z' };
  const same = { start: Date.parse('2026-03-20T00:00:00Z'), end: Date.parse('2026-03-21T12:00:00Z') };

  it('do not stand in the order of the names or ids that they hide', async () => {
    const alike = await peopleStore();
    const untold = { url: null, email_hash: null, listed: true, deleted_at: null };
    const duty = { escalation_policy_id: 'P1', schedule_id: 'C1', level: 1, ...same };
    await alike.transact(async (writer) => {
      await writer.put(
        'user',
        ids.map((id) => ({ id, name: `Name ${id}`, ...untold })),
      );
      await writer.put(
        'on_call',
        ids.map((id) => ({ id: `P1 1 ${id}`, user_id: id, ...duty })),
      );
      await writer.put('incident', [incident('I50', '2026-03-20T02:00:00Z')]);
      await writer.put(
        'log_entry',
        ids.map((id) => entry(`Z${id}`, 'I50', 'notify', '2026-03-20T02:00:00Z', to(id))),
      );
      const covered = { from: Date.parse(FROM), until: Date.parse(TO) };
      await derive(writer, { incidents: ['I50'], onCall: ids }, { settings: readConfig({}), covered });
    });
    const shown = ids.map((id) => pseudonymOf(KEY, id));
    expect(shown.toSorted()).not.toEqual(shown);
    const people = [{ dimension: 'user', op: '=~' as const, values: ['person-.*|Name .*'] }];
    const asked = (policy: Policy, query: Partial<Query>) =>
      askAs(alike, policy, ANN, { range, filters: people, ...query });
    const order = async (policy: Policy, query: Partial<Query>) => [
      ...new Set(rowsOf(await asked(policy, query)).map((row) => row.user_id)),
    ];
    const tables = [
      { queryType: 'people' },
      { queryType: 'night' },
      { queryType: 'on_call', view: 'shifts', limit: 100 },
      { queryType: 'budget', view: 'shifts', filters: [] },
    ];
    for (const query of tables) {
      expect((await order('names', query)).filter((id) => ids.includes(String(id)))).toEqual(ids);
      const seen = await order('pseudonyms', query);
      expect(seen.filter((id) => shown.includes(String(id)))).toEqual(shown.toSorted());
    }
    const { frames } = await asked('pseudonyms', { queryType: 'night', format: 'heatmap' });
    const rows = frames[0]?.schema.fields.slice(1).map(({ config }) => config?.displayName ?? '');
    expect(rows?.filter((title) => shown.includes(title))).toEqual(shown.toSorted());
    await alike.close();
  });
});

describe('under aggregates a limit', () => {
  const PER_PERSON: Partial<Query>[] = [
    { metric: 'pages', by: ['user'], format: 'table' },
    { queryType: 'pages' },
    { queryType: 'people' },
    { queryType: 'night' },
    { queryType: 'night', format: 'heatmap' },
    { queryType: 'on_call', view: 'now' },
    { queryType: 'on_call', view: 'shifts' },
    { queryType: 'budget', view: 'shifts' },
  ];
  const cutOf = ({ frames }: QueryResult) =>
    frames[0]?.schema.meta.notices?.map(({ text }) => text).filter((text) => text.startsWith('Showing'));

  it.each(PER_PERSON)(
    'is not spent on people who are left out, and counts none of them: %o',
    async (query) => {
      for (const viewer of [ANN, BOB]) {
        const all = await askAs(store, 'aggregates', viewer, query);
        const cut = await askAs(store, 'aggregates', viewer, { ...query, limit: 1 });
        const count = query.format === 'heatmap' ? 1 : rowsOf(all).length;
        expect(count).toBeGreaterThan(0);
        expect(rowsOf(cut)).toEqual(query.format === 'heatmap' ? rowsOf(all) : rowsOf(all).slice(0, 1));
        expect(cutOf(all)).toEqual([]);
        const told = expect.stringMatching(new RegExp(` 1 of ${count} `));
        expect(cutOf(cut)).toEqual(count > 1 ? [told] : []);
      }
      const nobody = await askAs(store, 'aggregates', undefined, { ...query, limit: 1 });
      expect(rowsOf(nobody)).toEqual([]);
      expect(cutOf(nobody)).toEqual([]);
    },
  );

  it('cuts what is not about single people as it always does', async () => {
    for (const query of [
      { queryType: 'on_call', view: 'gaps', limit: 2 },
      { queryType: 'noise', limit: 1 },
      { queryType: 'incidents', limit: 2 },
    ]) {
      const [seen, named] = [
        await askAs(store, 'aggregates', undefined, query),
        await askAs(store, 'names', undefined, query),
      ];
      expect(rowsOf(seen)).toEqual(rowsOf(named));
      expect(cutOf(seen)).toHaveLength(1);
      expect(cutOf(seen)).toEqual(cutOf(named));
    }
  });

  it('leaves the sentence about nights to count those of everybody', async () => {
    const nights = async (policy: Policy, viewer: Viewer | undefined) =>
      rowsOf(await askAs(store, policy, viewer, { queryType: 'review' })).find(
        (row) => row.about === 'Nights' && String(row.sentence).includes('broken'),
      )?.sentence;
    expect(await nights('names', undefined)).toBe('1 of 9 nights were broken (most: Ann B. 1).');
    expect(await nights('aggregates', undefined)).toBe('1 of 9 nights were broken.');
    expect(await nights('aggregates', BOB)).toBe('1 of 9 nights were broken.');
  });
});
