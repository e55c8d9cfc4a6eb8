import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../clock.ts';
import { readConfig } from '../config.ts';
import { accountHours } from './hours.ts';
import { nightOf, nightSpan, nightsIn } from './night.ts';
import { zoneOf } from './zone.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const hours = accountHours(readConfig({}));
const early = { ...hours, sleep: { from: 60, to: 9 * 60 } };

describe('a night', () => {
  it.each([
    ['2026-03-05T03:00', '2026-03-04'],
    ['2026-03-04T22:00', '2026-03-04'],
    ['2026-03-05T00:00', '2026-03-04'],
    ['2026-03-05T07:59', '2026-03-04'],
    ['2026-03-05T08:00', null],
    ['2026-03-05T21:59', null],
  ])('of the wall clock %s is %s', (local, night) => {
    expect(nightOf(at(local), hours)).toBe(night);
  });

  it('bears its own date where sleep begins after midnight', () => {
    expect(nightOf(at('2026-03-05T03:00'), early)).toBe('2026-03-05');
    expect(nightOf(at('2026-03-05T00:59'), early)).toBeNull();
    expect(nightSpan(zoneOf('UTC'), early, '2026-03-05')).toEqual({
      start: at('2026-03-05T01:00'),
      end: at('2026-03-05T09:00'),
    });
  });

  it.each([
    ['Europe/Berlin', '2026-03-27', 600],
    ['Europe/Berlin', '2026-03-28', 540],
    ['Europe/Berlin', '2026-10-24', 660],
    ['America/New_York', '2026-03-07', 540],
    ['America/New_York', '2026-10-31', 660],
    ['Australia/Lord_Howe', '2026-10-03', 570],
    ['Australia/Lord_Howe', '2026-04-04', 630],
    ['Asia/Kathmandu', '2026-03-28', 600],
    ['America/Sao_Paulo', '2018-11-03', 540],
    ['America/Sao_Paulo', '2018-02-17', 660],
    ['Africa/Casablanca', '2026-02-14', 660],
    ['Africa/Casablanca', '2026-03-21', 540],
  ])('in %s that begins on %s lasts %i minutes', (zone, date, minutes) => {
    const { start, end } = nightSpan(zoneOf(zone), hours, date);
    expect((end - start) / MINUTE).toBe(minutes);
  });

  it('is named alike by its span and by each wall clock in it', () => {
    const zone = zoneOf('Australia/Lord_Howe');
    for (const date of nightsIn(zone, hours, at('2026-03-20T00:00'), at('2026-04-20T00:00'))) {
      const { start, end } = nightSpan(zone, hours, date);
      for (let instant = start; instant < end; instant += 10 * MINUTE) {
        expect(nightOf(zone.toLocal(instant), hours)).toBe(date);
      }
      expect(nightOf(zone.toLocal(start - 1), hours)).toBeNull();
      expect(nightOf(zone.toLocal(end), hours)).toBeNull();
    }
  });
});

describe('the nights of a range', () => {
  it('are those that begin in it, its first instant included and its end not', () => {
    const berlin = zoneOf('Europe/Berlin');
    const start = at('2026-03-27T21:00');
    expect(nightsIn(berlin, hours, start, at('2026-03-29T20:00'))).toEqual(['2026-03-27', '2026-03-28']);
    expect(nightsIn(berlin, hours, start + 1, at('2026-03-29T20:00') + 1)).toEqual([
      '2026-03-28',
      '2026-03-29',
    ]);
    expect(nightsIn(berlin, hours, start, start + 28 * DAY)).toHaveLength(28 + 1);
  });
});
