import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import { type Bucket, bucketsOf, UNITS, type Unit, unitFor } from './buckets.ts';
import { zoneOf } from './zone.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const starts = (zone: string, unit: Unit, from: string, to: string) =>
  bucketsOf(zoneOf(zone), unit, at(from), at(to)).map(({ start }) =>
    new Date(start).toISOString().slice(0, 16),
  );

describe('buckets', () => {
  it('begin at the first instant of their unit, even before the range', () => {
    expect(starts('Europe/Berlin', 'day', '2026-03-28T12:00', '2026-03-29T22:00')).toEqual([
      '2026-03-27T23:00',
      '2026-03-28T23:00',
    ]);
    expect(starts('America/New_York', 'week', '2026-03-01T12:00', '2026-03-09T12:00')).toEqual([
      '2026-02-23T05:00',
      '2026-03-02T05:00',
      '2026-03-09T04:00',
    ]);
    expect(starts('Asia/Kathmandu', 'month', '2026-01-31T18:14', '2026-01-31T18:16')).toEqual([
      '2025-12-31T18:15',
      '2026-01-31T18:15',
    ]);
  });

  it('keep the two equal hours of a clock change apart and leave out the hour that does not exist', () => {
    expect(starts('Europe/Berlin', 'hour', '2026-10-24T23:30', '2026-10-25T02:30')).toEqual([
      '2026-10-24T23:00',
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
    ]);
    expect(
      bucketsOf(zoneOf('Europe/Berlin'), 'hour', at('2026-03-28T23:00'), at('2026-03-29T22:00')),
    ).toHaveLength(23);
    expect(starts('Australia/Lord_Howe', 'hour', '2026-04-04T14:00', '2026-04-04T16:30')).toEqual([
      '2026-04-04T14:00',
      '2026-04-04T15:00',
      '2026-04-04T15:30',
    ]);
    expect(starts('Australia/Lord_Howe', 'hour', '2026-10-03T15:00', '2026-10-03T16:30')).toEqual([
      '2026-10-03T14:30',
      '2026-10-03T15:30',
      '2026-10-03T16:00',
    ]);
  });

  it('begin a day whose midnight does not exist at its first instant', () => {
    const days = bucketsOf(
      zoneOf('America/Sao_Paulo'),
      'day',
      at('2018-11-03T03:00'),
      at('2018-11-06T02:00'),
    );
    expect(days).toEqual([
      { start: at('2018-11-03T03:00'), end: at('2018-11-04T03:00') },
      { start: at('2018-11-04T03:00'), end: at('2018-11-05T02:00') },
      { start: at('2018-11-05T02:00'), end: at('2018-11-06T02:00') },
    ]);
  });

  it('leave out a day that a zone skipped', () => {
    expect(starts('Pacific/Apia', 'day', '2011-12-29T12:00', '2011-12-31T12:00')).toEqual([
      '2011-12-29T10:00',
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ]);
  });

  it('are none for an empty range', () => {
    expect(bucketsOf(zoneOf('UTC'), 'day', at('2026-01-01T00:00'), at('2026-01-01T00:00'))).toEqual([]);
  });

  it.each([
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'America/Santiago',
  ])('follow each other without a gap and begin where another time library says: %s', (zone) => {
    const spring = [at('2026-02-10T00:17'), at('2026-04-10T13:00')] as const;
    const autumn = [at('2026-09-15T00:17'), at('2026-11-05T13:00')] as const;
    for (const [from, to] of [spring, autumn]) {
      for (const unit of UNITS) {
        const buckets = bucketsOf(zoneOf(zone), unit, from, to);
        expect(buckets.at(0)?.start).toBeLessThanOrEqual(from);
        expect(buckets.at(-1)?.end).toBeGreaterThanOrEqual(to);
        buckets.forEach((bucket, i) => {
          expect(bucket.end).toBe(buckets[i + 1]?.start ?? bucket.end);
          expect(isWhole(bucket, unit, zone), new Date(bucket.start).toISOString()).toBe(true);
        });
      }
    }
  });
});

function isWhole({ start, end }: Bucket, unit: Unit, zone: string): boolean {
  const label = DateTime.fromMillis(start, { zone });
  const before = DateTime.fromMillis(start - 1, { zone });
  const setBack = label.offset < before.offset && unit === 'hour';
  return (
    (setBack || !label.hasSame(before, unit)) && DateTime.fromMillis(end - 1, { zone }).hasSame(label, unit)
  );
}

describe('the automatic unit', () => {
  const from = at('2026-03-02T00:00');

  it('is the smallest that is at least the interval', () => {
    expect(unitFor(MINUTE, 1000, from, from + 7 * DAY)).toBe('hour');
    expect(unitFor(HOUR, 1000, from, from + 7 * DAY)).toBe('hour');
    expect(unitFor(HOUR + 1, 1000, from, from + 7 * DAY)).toBe('day');
    expect(unitFor(2 * DAY, 1000, from, from + 7 * DAY)).toBe('week');
    expect(unitFor(90 * DAY, 1000, from, from + 7 * DAY)).toBe('month');
  });

  it('gives at most as many buckets as there are data points, else it is month', () => {
    expect(unitFor(MINUTE, 168, from, from + 7 * DAY)).toBe('hour');
    expect(unitFor(MINUTE, 167, from, from + 7 * DAY)).toBe('day');
    expect(unitFor(MINUTE, 7, from + 1, from + 7 * DAY + 1)).toBe('week');
    expect(unitFor(MINUTE, 1, from, from + 300 * DAY)).toBe('month');
  });

  it('counts the buckets of the zone', () => {
    const berlin = zoneOf('Europe/Berlin');
    const midnight = at('2026-10-24T22:00');
    expect(unitFor(MINUTE, 24, midnight, midnight + 25 * HOUR, berlin)).toBe('day');
    expect(unitFor(MINUTE, 25, midnight, midnight + 25 * HOUR, berlin)).toBe('hour');
  });
});
