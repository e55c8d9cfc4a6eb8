import { expect, test } from 'vitest';
import { choicesOf, cutOf, offeredOf } from './choices.ts';

const values = [
  { id: 'T1', name: 'Payments' },
  { id: 'T2', name: 'Search' },
  { id: 'T3', name: 'Search' },
];

test('a name stands for itself, and an id tells namesakes apart', () => {
  expect(choicesOf({ values, total: 3 })).toEqual([
    { value: 'Payments', label: 'Payments' },
    { value: 'T2', label: 'Search', description: 'T2' },
    { value: 'T3', label: 'Search', description: 'T3' },
  ]);
});

test('a cut list says how many values there are', () => {
  expect(cutOf({ values, total: 3 })).toBeUndefined();
  expect(cutOf({ values, total: 5000 })).toBe('3 of 5000 shown: type to find the others');
});

test('a variable whose values were cut says so in a last entry that restricts nothing', () => {
  expect(offeredOf({ values, total: 3 })).toEqual([
    { text: 'Payments', value: 'Payments' },
    { text: 'Search', value: 'T2' },
    { text: 'Search', value: 'T3' },
  ]);
  const last = { text: '3 of 5000 shown: type to find the others', value: '' };
  expect(offeredOf({ values, total: 5000 }).at(-1)).toEqual(last);
  expect(offeredOf({ values, total: 5000 })).toHaveLength(4);
});
