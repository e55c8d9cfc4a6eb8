import { expect, it } from 'vitest';
import { differencesOf } from './cells.ts';

const row = (who: string, used: number) => ({ cells: { who, used }, required: true });
const given = (who: string, used: number) => ({ who, used });

it('rows that say the same are as many as they must be', () => {
  const twice = { key: ['who'], rows: [row('A', 1), row('A', 1)] };
  const of = (...rows: ReturnType<typeof given>[]) =>
    differencesOf(twice, rows).differences.map(({ column }) => column);
  expect(of(given('A', 1), given('A', 1))).toEqual([]);
  expect(of(given('A', 1))).toEqual(['(row)']);
  expect(of(given('A', 1), given('A', 1), given('A', 1))).toEqual(['(row)']);
  expect(of(given('A', 1), given('A', 2))).toEqual(['used']);
});
