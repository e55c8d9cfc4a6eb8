import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import { periodAt } from './periods.ts';
import { zoneOf } from './zone.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const berlin = zoneOf('Europe/Berlin');

describe('the calendar period of an instant', () => {
  it('is its month in the zone, as long as the clock change makes it', () => {
    const march = periodAt(berlin, 'month', at('2026-03-15T12:00'));
    expect(march).toEqual({ start: at('2026-02-28T23:00'), end: at('2026-03-31T22:00') });
    expect(march.end - march.start).toBe(31 * DAY - HOUR);
  });

  it('begins with its own first instant and ends before the next', () => {
    expect(periodAt(berlin, 'month', at('2026-02-28T22:59')).end).toBe(at('2026-02-28T23:00'));
    expect(periodAt(berlin, 'month', at('2026-02-28T23:00')).start).toBe(at('2026-02-28T23:00'));
  });

  it('is a week from Monday', () => {
    expect(periodAt(zoneOf('America/New_York'), 'week', at('2026-03-08T12:00'))).toEqual({
      start: at('2026-03-02T05:00'),
      end: at('2026-03-09T04:00'),
    });
  });

  it('is a quarter of three months', () => {
    expect(periodAt(berlin, 'quarter', at('2026-11-30T12:00'))).toEqual({
      start: at('2026-09-30T22:00'),
      end: at('2026-12-31T23:00'),
    });
  });
});
