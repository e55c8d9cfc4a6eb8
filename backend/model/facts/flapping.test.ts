import { expect, it } from 'vitest';
import { flappingOf } from './flapping.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const flaps = (times: number[], open: number | number[] = Number.POSITIVE_INFINITY) =>
  flappingOf(
    times.map((created_at, i) => ({
      created_at,
      open: (Array.isArray(open) ? open[i] : open) ?? Number.NaN,
    })),
  ).map(Number);

it('three in an hour flap, all of them', () => {
  expect(flaps([0, 30 * MINUTE, 59 * MINUTE])).toEqual([1, 1, 1]);
});

it('an hour ago is outside the window (t - 60 min, t]', () => {
  expect(flaps([0, 30 * MINUTE, HOUR])).toEqual([0, 0, 0]);
});

it('each next one under an hour after a flapping one flaps too', () => {
  const first = [0, MINUTE, 2 * MINUTE];
  expect(flaps([...first, 61 * MINUTE, 120 * MINUTE, 180 * MINUTE])).toEqual([1, 1, 1, 1, 1, 0]);
});

it('five in a day flap where half of them were open under 15 minutes', () => {
  const times = [0, 5, 10, 15, 23].map((hour) => hour * HOUR);
  const quick = 14 * MINUTE;
  expect(flaps(times, quick)).toEqual([1, 1, 1, 1, 1]);
  expect(flaps(times, 15 * MINUTE)).toEqual([0, 0, 0, 0, 0]);
  expect(flaps(times, [quick, quick, quick, HOUR, Number.POSITIVE_INFINITY])).toEqual([1, 1, 1, 1, 1]);
  expect(flaps(times, [quick, quick, HOUR, HOUR, quick * 60])).toEqual([0, 0, 0, 0, 0]);
  expect(
    flaps(
      [0, 5, 10, 15, 24].map((hour) => hour * HOUR),
      quick,
    ),
  ).toEqual([0, 0, 0, 0, 0]);
});

it('takes the middle of the two middle ones of six', () => {
  const times = [0, 4, 8, 12, 16, 20].map((hour) => hour * HOUR);
  const open = [1, 1, 10, 19, 90, 90].map((minute) => minute * MINUTE);
  expect(flaps(times, open)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(flaps(times, open.with(3, 20 * MINUTE))).toEqual([1, 1, 1, 1, 1, 0]);
});

it('three in one second flap', () => {
  expect(flaps([5, 5, 5])).toEqual([1, 1, 1]);
  expect(flaps([5, 5])).toEqual([0, 0]);
  expect(flaps([])).toEqual([]);
});
