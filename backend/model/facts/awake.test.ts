import { expect, it } from 'vitest';
import { accountHours } from '../../calendar/hours.ts';
import { nightSpans } from '../../calendar/night.ts';
import { zoneOf } from '../../calendar/zone.ts';
import { readConfig } from '../../config.ts';
import { awakeStretches, awakeUntil, lengthAtNight } from './awake.ts';

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

it('merges pages into stretches where they touch or overlap, whichever ends last', () => {
  const pages = [
    { id: 'a', time: 0, awake_until: 100 },
    { id: 'b', time: 10, awake_until: 40 },
    { id: 'c', time: 100, awake_until: 130 },
    { id: 'd', time: 131, awake_until: 140 },
  ];
  const stretches = [...awakeStretches(pages)].map(([{ id }, { from, until }]) => [id, from, until]);
  expect(stretches).toEqual([
    ['a', 0, 130],
    ['d', 131, 140],
  ]);
});

it('counts what of a stretch lies in nights, the hour that a night lacks or has twice as it passes', () => {
  const hours = accountHours(readConfig({}));
  const berlin = { hours, zones: [{ since: Number.NEGATIVE_INFINITY, zone: zoneOf('Europe/Berlin') }] };
  const atNight = (from: string, until: string) =>
    lengthAtNight({ from: Date.parse(from), until: Date.parse(until) }, berlin, nightSpans()) / MINUTE;
  expect(atNight('2026-03-10T12:00Z', '2026-03-10T13:00Z')).toBe(0);
  expect(atNight('2026-03-10T20:30Z', '2026-03-10T21:30Z')).toBe(30);
  expect(atNight('2026-03-10T06:30Z', '2026-03-11T21:30Z')).toBe(30 + 600 + 30);
  expect(atNight('2026-03-28T20:00Z', '2026-03-29T08:00Z')).toBe(540);
  expect(atNight('2026-10-24T19:00Z', '2026-10-25T09:00Z')).toBe(660);
});
