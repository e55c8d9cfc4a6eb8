import { describe, expect, it } from 'vitest';
import { accountHours } from '../../calendar/hours.ts';
import { zoneOf } from '../../calendar/zone.ts';
import { type FileSettings, readConfig } from '../../config.ts';
import type { RowOf } from '../index.ts';
import { zonesOf } from './person.ts';
import { shiftsOf } from './shifts.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(`2026-${text}:00Z`);
const always = { from: at('01-01T00:00'), until: at('12-31T00:00') };

const living = (zone: string, hours?: FileSettings['hours']) => ({
  hours: accountHours({ ...readConfig({}), ...(hours && { hours }) }),
  zones: zonesOf([{ seen_at: 0, zone: zoneOf(zone) }], zoneOf('UTC')),
});

function duty(start: string | null, end: string | null, given: Partial<RowOf<'on_call'>> = {}) {
  return {
    id: `${start} ${end}`,
    user_id: 'ANNA',
    escalation_policy_id: 'E1',
    schedule_id: 'C1',
    level: 1,
    start: start === null ? null : at(start),
    end: end === null ? null : at(end),
    ...given,
  };
}

const spans = (shifts: readonly RowOf<'shift'>[]) =>
  shifts.map(({ start, end }) =>
    [start, end].map((instant) => new Date(instant).toISOString().slice(11, 16)).join('-'),
  );

it("cuts a shift at the whole hours of the person's clock and tells what each piece is", () => {
  const shifts = shiftsOf([duty('03-10T16:30', '03-10T21:30')], living('Europe/Berlin'), always);
  expect(spans(shifts)).toEqual([
    '16:30-17:00',
    '17:00-18:00',
    '18:00-19:00',
    '19:00-20:00',
    '20:00-21:00',
    '21:00-21:30',
  ]);
  expect(shifts.map(({ hour, hour_class, night }) => [hour, hour_class, night])).toEqual([
    [17, 'business', null],
    [18, 'off', null],
    [19, 'off', null],
    [20, 'off', null],
    [21, 'off', null],
    [22, 'sleep', '2026-03-10'],
  ]);
});

it('cuts where hour classes change within an hour, and at odd offsets', () => {
  const early = { sleep: { from: 1290, to: 390 } };
  expect(spans(shiftsOf([duty('03-10T21:00', '03-10T22:00')], living('UTC', early), always))).toEqual([
    '21:00-21:30',
    '21:30-22:00',
  ]);
  expect(spans(shiftsOf([duty('03-10T05:00', '03-10T06:30')], living('Asia/Kathmandu'), always))).toEqual([
    '05:00-05:15',
    '05:15-06:15',
    '06:15-06:30',
  ]);
});

describe('over a clock change', () => {
  const hoursOf = (shifts: readonly RowOf<'shift'>[]) => shifts.map(({ hour }) => hour);

  it('leaves out the hour that does not exist', () => {
    const shifts = shiftsOf([duty('03-29T00:00', '03-29T03:00')], living('Europe/Berlin'), always);
    expect(hoursOf(shifts)).toEqual([1, 3, 4]);
  });

  it('keeps the two equal hours apart', () => {
    const shifts = shiftsOf([duty('10-25T00:00', '10-25T03:00')], living('Europe/Berlin'), always);
    expect(hoursOf(shifts)).toEqual([2, 2, 3]);
  });

  it('makes of the longest night 11 hours of sleep', () => {
    const shifts = shiftsOf([duty('10-24T12:00', '10-25T12:00')], living('Europe/Berlin'), always);
    const night = shifts.filter((shift) => shift.night === '2026-10-24');
    expect(night.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(11 * HOUR);
    expect(night.every((shift) => shift.hour_class === 'sleep')).toBe(true);
  });
});

describe('of several entries', () => {
  const all = [
    duty('03-10T10:00', '03-10T12:00'),
    duty('03-10T10:20', '03-10T11:30', { schedule_id: 'C2' }),
    duty('03-10T11:00', '03-10T12:00'),
    duty('03-10T09:40', '03-10T12:00', { level: 2 }),
    duty(null, '03-10T10:40', { schedule_id: null, escalation_policy_id: 'E2' }),
  ];
  const shifts = shiftsOf(all, living('UTC'), { from: at('03-10T09:50'), until: always.until });

  it('cuts all at the bounds of each, so that two pieces are the same span or do not touch', () => {
    for (const a of shifts) {
      for (const b of shifts) {
        expect((a.start === b.start && a.end === b.end) || a.end <= b.start || b.end <= a.start).toBe(true);
      }
    }
  });

  it('counts level 1 alone, the same time of one schedule once, and permanent entries from the covered span on', () => {
    const of = (policy: string, key: string) =>
      spans(shifts.filter((s) => s.escalation_policy_id === policy && s.schedule_key === key));
    expect(of('E1', 'C1')).toEqual([
      '10:00-10:20',
      '10:20-10:40',
      '10:40-11:00',
      '11:00-11:30',
      '11:30-12:00',
    ]);
    expect(of('E1', 'C2')).toEqual(['10:20-10:40', '10:40-11:00', '11:00-11:30']);
    expect(of('E2', '')).toEqual(['09:50-10:00', '10:00-10:20', '10:20-10:40']);
  });
});

it('goes over to a new zone at the instant at which it was seen', () => {
  const person = {
    ...living('UTC'),
    zones: zonesOf(
      [
        { seen_at: 0, zone: zoneOf('UTC') },
        { seen_at: at('03-10T10:30'), zone: zoneOf('Asia/Tokyo') },
      ],
      zoneOf('UTC'),
    ),
  };
  const shifts = shiftsOf([duty('03-10T10:00', '03-10T11:00')], person, always);
  expect(shifts.map(({ hour }) => hour)).toEqual([10, 19]);
  expect(spans(shifts)).toEqual(['10:00-10:30', '10:30-11:00']);
});
