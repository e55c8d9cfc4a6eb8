import { expect, it } from 'vitest';
import { awakeUntil } from './awake.ts';

const MINUTE = 60_000;
const awake = (notifications: number[], acts: number[]) =>
  awakeUntil(
    notifications.map((minute) => minute * MINUTE),
    acts.map((minute) => minute * MINUTE),
  ) / MINUTE;

it('reads ten minutes without an act as the time of one', () => {
  expect(awake([0], [])).toBe(30);
  expect(awake([0], [-1])).toBe(30);
});

it('keeps somebody awake for twenty minutes after their latest act', () => {
  expect(awake([0], [3, 25])).toBe(45);
  expect(awake([0], [0])).toBe(20);
});

it('counts acts up to and with four hours', () => {
  expect(awake([0], [240])).toBe(260);
  expect(awake([0], [240.01])).toBe(30);
});

it('takes the latest end over the notifications of a page', () => {
  expect(awake([0, 4], [])).toBe(34);
  expect(awake([0, 4], [2])).toBe(34);
  expect(awake([0, 4], [242])).toBe(262);
});
