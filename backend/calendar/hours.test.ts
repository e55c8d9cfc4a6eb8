import { describe, expect, it } from 'vitest';
import { HOUR } from '../clock.ts';
import { type FileSettings, readConfig } from '../config.ts';
import { accountHours, hourClass, localParts, teamHours } from './hours.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const defaults: FileSettings = readConfig({});
const hours = accountHours(defaults);

describe('hour classes', () => {
  it('share a week of 168 hours as 70 asleep, 50 at work and 48 off', () => {
    const count = { sleep: 0, business: 0, off: 0 };
    for (let hour = 0; hour < 168; hour++) count[hourClass(at('2026-03-02T00:00') + hour * HOUR, hours)]++;
    expect(count).toEqual({ sleep: 70, business: 50, off: 48 });
  });

  it.each([
    ['2026-03-02T07:59', 'sleep'],
    ['2026-03-02T08:00', 'business'],
    ['2026-03-02T17:59', 'business'],
    ['2026-03-02T18:00', 'off'],
    ['2026-03-02T22:00', 'sleep'],
    ['2026-03-07T12:00', 'off'],
    ['2026-03-07T23:00', 'sleep'],
  ])('put the wall clock %s into %s', (local, expected) => {
    expect(hourClass(at(local), hours)).toBe(expected);
  });

  it('treat a public holiday as a weekend day', () => {
    const festive = accountHours({ ...defaults, hours: { holidays: ['2026-03-02'] } });
    expect(hourClass(at('2026-03-02T12:00'), festive)).toBe('off');
    expect(hourClass(at('2026-03-02T23:00'), festive)).toBe('sleep');
    expect(hourClass(at('2026-03-03T12:00'), festive)).toBe('business');
  });

  it('take sleep limits that do not wrap midnight, and let sleep win over business', () => {
    const late = accountHours({ ...defaults, hours: { sleep: { from: 60, to: 9 * 60 } } });
    expect(hourClass(at('2026-03-02T00:30'), late)).toBe('off');
    expect(hourClass(at('2026-03-02T01:00'), late)).toBe('sleep');
    expect(hourClass(at('2026-03-02T08:30'), late)).toBe('sleep');
    expect(hourClass(at('2026-03-02T09:00'), late)).toBe('business');
  });
});

describe("a person's hours", () => {
  const settings: FileSettings = {
    ...defaults,
    hours: { sleep: { from: 23 * 60, to: 7 * 60 }, holidays: ['2026-12-25'] },
    teams: [
      { team: 'Quiet', hours: {} },
      { team: 'PTEAM2', hours: { business: { from: 600, to: 900, days: undefined } } },
      { team: 'Search', hours: { sleep: { from: 0, to: 360 } } },
    ],
  };

  it('are those of the first of their teams in configuration order that sets any, gaps filled from the account', () => {
    const person = [
      { id: 'PTEAM3', name: 'Search' },
      { id: 'PTEAM2', name: 'Payments' },
      { id: 'PTEAM1', name: 'Quiet' },
    ];
    expect(teamHours(settings, person)).toEqual({
      sleep: { from: 23 * 60, to: 7 * 60 },
      business: { from: 600, to: 900, days: [1, 2, 3, 4, 5] },
      holidays: new Set(['2026-12-25']),
    });
    expect(teamHours(settings, [{ id: 'PTEAM3', name: 'Search' }]).sleep).toEqual({ from: 0, to: 360 });
  });

  it("are the account's without such a team", () => {
    expect(teamHours(settings, [])).toEqual(accountHours(settings));
    expect(teamHours(settings, [{ id: 'PTEAM1', name: 'Quiet' }])).toEqual(accountHours(settings));
  });
});

describe('the parts of a wall clock', () => {
  it('are its date, weekday from Monday, hour and minute', () => {
    expect(localParts(at('2026-03-01T23:45'))).toEqual({
      date: '2026-03-01',
      weekday: 7,
      hour: 23,
      minute: 45,
    });
    expect(localParts(at('1969-12-31T00:05'))).toMatchObject({ date: '1969-12-31', weekday: 3, hour: 0 });
  });
});
