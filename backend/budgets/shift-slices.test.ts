import { describe, expect, it } from 'vitest';
import { HOUR } from '../clock.ts';
import { slicesOf } from './shift-slices.ts';

const turn = { user_id: 'U', schedule_id: 'C', start: 0, end: 30 * HOUR };
const use = {
  allowed: 2,
  length: 12 * HOUR,
  unitsOf: () => [0, 1, 12 * HOUR - 1, 12 * HOUR, 29 * HOUR],
  known: { from: 0, until: 100 * HOUR },
};
const hours = (slices: ReturnType<typeof slicesOf>) =>
  slices.map(({ start, end, used, over }) => [start / HOUR, end / HOUR, used, over]);

describe('slices of a turn', () => {
  it('are cut from its start, the last one shorter with the same allowance, and over when more is used', () => {
    expect(hours(slicesOf([turn], use, 0, 30 * HOUR))).toEqual([
      [0, 12, 3, true],
      [12, 24, 1, false],
      [24, 30, 1, false],
    ]);
  });

  it('belong to the range in which they begin', () => {
    expect(hours(slicesOf([turn], use, 1, 24 * HOUR)).map(([start]) => start)).toEqual([12]);
    expect(hours(slicesOf([turn], use, 12 * HOUR, 24 * HOUR + 1)).map(([start]) => start)).toEqual([12, 24]);
    expect(slicesOf([turn], use, 30 * HOUR, 60 * HOUR)).toEqual([]);
    expect(slicesOf([turn], use, -60 * HOUR, 0)).toEqual([]);
  });

  it('are unknown before what is harvested and after it', () => {
    const known = { from: HOUR, until: 24 * HOUR };
    expect(hours(slicesOf([turn], { ...use, known }, 0, 30 * HOUR))).toEqual([
      [0, 12, null, null],
      [12, 24, 1, false],
      [24, 30, null, null],
    ]);
  });
});
