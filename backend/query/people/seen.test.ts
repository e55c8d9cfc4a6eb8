import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../store/store.ts';
import { linesSeen } from './seen.ts';
import { ANN, askAs, KEY, peopleStore } from './testing/account.ts';
import { pseudonymOf, viewOf } from './view.ts';

let store: Store;
beforeAll(async () => {
  store = await peopleStore();
});
afterAll(() => store.close());

const line = (...ids: (string | null)[]) => ({ ids, names: ids.map((id) => id && `${id} B.`) });

it('a line has the person as they may be seen in every place', async () => {
  const by = ['user', 'team', 'user'];
  const lines = [line('Ann', 'T1', 'Ann'), line('Bob', 'T1', 'Bob'), line(null, 'T1', null)];
  const seen = async (policy: 'names' | 'pseudonyms' | 'aggregates') =>
    linesSeen(lines, by, await viewOf(store, policy, ANN));
  const bob = pseudonymOf(KEY, 'Bob');
  expect(await seen('names')).toEqual(lines);
  expect(await seen('pseudonyms')).toEqual([
    lines[0],
    { ids: [bob, 'T1', bob], names: [bob, 'T1 B.', bob] },
    lines[2],
  ]);
  expect(await seen('aggregates')).toEqual([lines[0], lines[2]]);
});

it('a person asked for twice is refused, whoever may be seen', async () => {
  for (const policy of ['names', 'pseudonyms', 'aggregates'] as const) {
    const twice = { metric: 'pages', by: ['user', 'user'], format: 'table' };
    const { error, frames } = await askAs(store, policy, ANN, twice);
    expect(error).toMatch(/^by names "user" more than once: name each dimension once/);
    expect(frames).toEqual([]);
  }
});
