import { expect, test } from 'vitest';
import { choicesOf, cutOf } from './choices.ts';

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
