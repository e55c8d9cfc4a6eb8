import { expect, it } from 'vitest';
import { zoneOf } from '../calendar/zone.ts';
import { lastDays, lastWeek, weekNamed } from './period.ts';

const berlin = zoneOf('Europe/Berlin');

it('reads a week from Monday to Monday by the wall clock of the zone', () => {
  expect(weekNamed('2026-W13', berlin)).toEqual({
    range: { from: '2026-03-22T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' },
    before: { from: '2026-03-15T23:00:00.000Z', to: '2026-03-22T23:00:00.000Z' },
    name: 'week 2026-W13 (2026-03-23 to 2026-03-29)',
  });
});

it('knows the weeks that cross a new year', () => {
  expect(weekNamed('2026-W01', zoneOf('UTC')).range.from).toBe('2025-12-29T00:00:00.000Z');
  expect(weekNamed('2026-W53', zoneOf('UTC')).range.to).toBe('2027-01-04T00:00:00.000Z');
  expect(() => weekNamed('2025-W53', zoneOf('UTC'))).toThrow(/"2025-W53" is not a week such as 2026-W46/);
  expect(() => weekNamed('last', zoneOf('UTC'))).toThrow(/not a week/);
});

it('takes the last week that is over', () => {
  expect(lastWeek(berlin, Date.parse('2026-11-16T00:00:00Z')).name).toMatch(/^week 2026-W46 /);
  expect(lastWeek(berlin, Date.parse('2026-11-15T22:30:00Z')).name).toMatch(/^week 2026-W45 /);
});

it('compares so many days with as many before', () => {
  expect(lastDays(7, Date.parse('2026-03-30T00:00:00Z')).before).toEqual({
    from: '2026-03-16T00:00:00.000Z',
    to: '2026-03-23T00:00:00.000Z',
  });
});
