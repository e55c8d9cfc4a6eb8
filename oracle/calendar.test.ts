import { expect, test } from 'vitest';
import { bucketsOf } from './buckets.ts';
import { hourClassAt, MINUTE, nightsBeginningIn } from './calendar.ts';

const at = (time: string) => Date.parse(time);
const iso = (instants: number[]) => instants.map((instant) => new Date(instant).toISOString().slice(0, 16));

test('sleep wins on weekend nights and business holds on working days only', () => {
  expect(hourClassAt(at('2026-03-02T08:00:00Z'), 'UTC')).toBe('business');
  expect(hourClassAt(at('2026-03-02T18:00:00Z'), 'UTC')).toBe('off');
  expect(hourClassAt(at('2026-03-02T07:59:59Z'), 'UTC')).toBe('sleep');
  expect(hourClassAt(at('2026-03-07T12:00:00Z'), 'UTC')).toBe('off');
  expect(hourClassAt(at('2026-03-07T22:00:00Z'), 'UTC')).toBe('sleep');
  expect(hourClassAt(at('2026-03-02T02:14:59Z'), 'Asia/Kathmandu')).toBe('sleep');
  expect(hourClassAt(at('2026-03-02T02:15:00Z'), 'Asia/Kathmandu')).toBe('business');
});

test('a night has 600 minutes, and as many as the clock change leaves', () => {
  const minutes = (date: string, zone: string) =>
    nightsBeginningIn(at(date) - 15 * 60 * MINUTE, at(date) + 26 * 60 * MINUTE, zone)
      .filter((night) => night.date === date)
      .map((night) => (night.to - night.from) / MINUTE);
  expect(minutes('2026-03-27', 'Europe/Berlin')).toEqual([600]);
  expect(minutes('2026-03-28', 'Europe/Berlin')).toEqual([540]);
  expect(minutes('2026-10-24', 'Europe/Berlin')).toEqual([660]);
  expect(minutes('2026-04-04', 'Australia/Lord_Howe')).toEqual([630]);
  expect(minutes('2026-10-03', 'Australia/Lord_Howe')).toEqual([570]);
});

test('the two equal hours of a clock change stay two buckets', () => {
  expect(
    iso(bucketsOf(at('2026-10-24T23:30:00Z'), at('2026-10-25T02:30:00Z'), 'hour', 'Europe/Berlin')),
  ).toEqual(['2026-10-24T23:00', '2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00']);
  expect(
    iso(bucketsOf(at('2026-04-04T13:40:00Z'), at('2026-04-04T16:00:00Z'), 'hour', 'Australia/Lord_Howe')),
  ).toEqual(['2026-04-04T13:00', '2026-04-04T14:00', '2026-04-04T15:00', '2026-04-04T15:30']);
});

test('hours of a zone with three quarters begin on its own clock', () => {
  expect(
    iso(bucketsOf(at('2026-03-02T02:00:00Z'), at('2026-03-02T02:20:00Z'), 'hour', 'Asia/Kathmandu')),
  ).toEqual(['2026-03-02T01:15', '2026-03-02T02:15']);
});

test('a day whose midnight does not exist begins at its first instant', () => {
  const days = bucketsOf(at('2026-09-05T12:00:00Z'), at('2026-09-06T12:00:00Z'), 'day', 'America/Santiago');
  expect(iso(days)).toEqual(['2026-09-05T04:00', '2026-09-06T04:00']);
  const back = bucketsOf(at('2026-04-04T12:00:00Z'), at('2026-04-05T12:00:00Z'), 'day', 'America/Santiago');
  expect(iso(back)).toEqual(['2026-04-04T03:00', '2026-04-05T04:00']);
});

test('weeks begin on Monday and months and quarters on their first day, before the range if need be', () => {
  const from = at('2026-04-15T12:00:00Z');
  const first = (unit: 'week' | 'month' | 'quarter') => iso(bucketsOf(from, from + 1, unit, 'Europe/Berlin'));
  expect(first('week')).toEqual(['2026-04-12T22:00']);
  expect(first('month')).toEqual(['2026-03-31T22:00']);
  expect(first('quarter')).toEqual(['2026-03-31T22:00']);
  expect(iso(bucketsOf(at('2026-02-10'), at('2026-02-11'), 'quarter', 'UTC'))).toEqual(['2026-01-01T00:00']);
});
