import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../clock.ts';
import { AppError } from '../errors.ts';
import { zoneOf } from './zone.ts';

const at = (text: string) => Date.parse(`${text}Z`);

/** Zones with every kind of rule: halves of an hour, both hemispheres, changes at midnight, a lost day, none at all. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'America/Santiago',
  'Pacific/Apia',
  'Asia/Tehran',
  'America/St_Johns',
  'Asia/Beirut',
];

function* seeded(seed: number, count: number): Generator<number> {
  let state = seed;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('a zone', () => {
  it('is made once per name and refuses an unknown one with the form that would be right', () => {
    expect(zoneOf('Europe/Berlin')).toBe(zoneOf('Europe/Berlin'));
    expect(() => zoneOf('Mars/Olympus')).toThrow(AppError);
    expect(() => zoneOf('+02:00')).toThrow('"+02:00" is not an IANA time zone such as "Europe/Berlin"');
  });

  it('gives the offset on either side of a change', () => {
    const berlin = zoneOf('Europe/Berlin');
    expect(berlin.offsetAt(at('2026-03-29T00:59:59.999'))).toBe(HOUR);
    expect(berlin.offsetAt(at('2026-03-29T01:00'))).toBe(2 * HOUR);
    expect(zoneOf('Asia/Kathmandu').offsetAt(at('2026-03-29T01:00'))).toBe(5 * HOUR + 45 * MINUTE);
    expect(zoneOf('Australia/Lord_Howe').offsetAt(at('2026-01-01T00:00'))).toBe(11 * HOUR);
    expect(zoneOf('Australia/Lord_Howe').offsetAt(at('2026-07-01T00:00'))).toBe(10.5 * HOUR);
  });

  it('takes the first of two equal wall clocks, and the change itself for one that does not exist', () => {
    const berlin = zoneOf('Europe/Berlin');
    expect(berlin.fromLocal(at('2026-10-25T02:30'))).toBe(at('2026-10-25T00:30'));
    expect(berlin.fromLocal(at('2026-10-25T03:00'))).toBe(at('2026-10-25T02:00'));
    expect(berlin.fromLocal(at('2026-03-29T02:30'))).toBe(at('2026-03-29T01:00'));
    expect(zoneOf('America/Sao_Paulo').fromLocal(at('2018-11-04T00:00'))).toBe(at('2018-11-04T03:00'));
    expect(zoneOf('Pacific/Apia').fromLocal(at('2011-12-30T12:00'))).toBe(at('2011-12-30T10:00'));
  });

  it('cuts a range at its changes and clips the ends', () => {
    expect(zoneOf('America/New_York').spans(at('2026-03-01T00:00'), at('2026-12-01T00:00'))).toEqual([
      { from: at('2026-03-01T00:00'), to: at('2026-03-08T07:00'), offset: -5 * HOUR },
      { from: at('2026-03-08T07:00'), to: at('2026-11-01T06:00'), offset: -4 * HOUR },
      { from: at('2026-11-01T06:00'), to: at('2026-12-01T00:00'), offset: -5 * HOUR },
    ]);
    expect(zoneOf('Asia/Kathmandu').spans(at('1990-01-01T00:00'), at('2030-01-01T00:00'))).toHaveLength(1);
    expect(zoneOf('UTC').spans(5, 5)).toEqual([]);
  });

  it.each(ZONES)('agrees with another time library on 2,000 instants from 1972 to 2037: %s', (name) => {
    const zone = zoneOf(name);
    const other = IANAZone.create(name);
    for (const part of seeded(7, 2000)) {
      const instant = Math.floor(at('1972-01-01T00:00') + part * 65 * 365.25 * 24 * HOUR);
      expect(zone.offsetAt(instant) / MINUTE, new Date(instant).toISOString()).toBe(other.offset(instant));
    }
  });

  it.each(ZONES)('finds the first instant that reads a wall clock or later: %s', (name) => {
    const zone = zoneOf(name);
    for (const part of seeded(11, 1000)) {
      const local = Math.floor((at('2005-01-01T00:00') + part * 25 * 365 * 24 * HOUR) / MINUTE) * MINUTE;
      const first = zone.fromLocal(local);
      expect(zone.toLocal(first)).toBeGreaterThanOrEqual(local);
      let latest = Number.NEGATIVE_INFINITY;
      for (let back = MINUTE; back <= 26 * HOUR; back += 29 * MINUTE) {
        latest = Math.max(latest, zone.toLocal(first - back));
      }
      expect(latest).toBeLessThan(local);
    }
  });
});
