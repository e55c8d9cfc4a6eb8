import { expect, it } from 'vitest';
import { accountHours } from '../../calendar/hours.ts';
import { zoneOf } from '../../calendar/zone.ts';
import { readConfig } from '../../config.ts';
import { localFacts, zonesOf } from './person.ts';

const hours = accountHours(readConfig({}));
const account = zoneOf('UTC');

const living = (...names: string[]) => ({
  hours,
  zones: zonesOf(
    names.map((zone, i) => ({ seen_at: Date.parse('2026-04-01T00:00:00Z') * i, zone: zoneOf(zone) })),
    account,
  ),
});

const at = (text: string, ...zones: string[]) => localFacts(Date.parse(text), living(...zones));

it("tells hour class, weekday, hour and night of a page on the person's wall clock", () => {
  expect(at('2026-03-27T21:30:00Z', 'Europe/Berlin')).toEqual({
    local_time: Date.parse('2026-03-27T22:30:00Z'),
    hour_class: 'sleep',
    weekday: 5,
    hour: 22,
    night: '2026-03-27',
  });
});

it('follows the clock change: 06:30 UTC is sleep before it and business after it', () => {
  expect(at('2026-03-27T06:30:00Z', 'Europe/Berlin')).toMatchObject({ hour_class: 'sleep', hour: 7 });
  expect(at('2026-03-30T06:30:00Z', 'Europe/Berlin')).toMatchObject({ hour_class: 'business', hour: 8 });
});

it('counts both equal hours of the change back to the night before', () => {
  for (const utc of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
    expect(at(utc, 'Europe/Berlin')).toMatchObject({ hour: 2, hour_class: 'sleep', night: '2026-10-24' });
  }
});

it('knows half-hour changes of the clock', () => {
  expect(at('2026-04-04T14:45:00Z', 'Australia/Lord_Howe')).toMatchObject({ hour: 1, weekday: 7 });
  expect(at('2026-04-04T15:15:00Z', 'Australia/Lord_Howe')).toMatchObject({ hour: 1, weekday: 7 });
});

it('holds a new zone from the moment it was seen and the first one for all time before', () => {
  const moved = (text: string) => at(text, 'Europe/Berlin', 'America/New_York').hour;
  expect(moved('2020-01-15T12:00:00Z')).toBe(13);
  expect(moved('2026-03-31T23:59:59Z')).toBe(1);
  expect(moved('2026-04-01T00:00:00Z')).toBe(20);
});

it("lets a person without a known zone live in the account's", () => {
  expect(at('2026-03-10T12:00:00Z').hour).toBe(12);
});
