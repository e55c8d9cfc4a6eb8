import { expect, it } from 'vitest';
import { gini } from './gini.ts';

it.each([
  // ((2·1 - 4)·0 + (2·2 - 4)·1 + (2·3 - 4)·3) / (3·4)
  [[3, 0, 1], 6 / 12],
  [[2, 2, 2], 0],
  // ((2·4 - 5)·8) / (4·8)
  [[0, 8, 0, 0], 24 / 32],
  // (-4·1 - 2·2 + 0·3 + 2·4 + 4·5) / (5·15)
  [[5, 4, 3, 2, 1], 20 / 75],
])('the unevenness of %j is as worked out by hand', (loads, expected) => {
  expect(gini(loads)).toBeCloseTo(expected, 12);
});

it('is unknown for fewer than three people, and where nobody was interrupted', () => {
  expect(gini([1, 5])).toBeNull();
  expect(gini([0, 0, 0])).toBeNull();
});
