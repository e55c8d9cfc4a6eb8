import { describe, expect, it } from 'vitest';
import { zoneOf } from '../calendar/zone.ts';
import { DAY, HOUR } from '../clock.ts';
import type { AlertBudget, SteadyPeriod } from './alert-budget.ts';
import { budgetStatus, burnDown, periodOf } from './budget.ts';

const instant = (text: string) => Date.parse(`${text}Z`);
const at = instant('2026-03-29T12:00');
const ROLLING: SteadyPeriod = { kind: 'rolling', length: 28 * DAY };
const MONTH: SteadyPeriod = { kind: 'calendar', calendar: 'month', timeZone: 'Europe/Berlin' };

function use(
  allowed: number,
  units: number[],
  period: SteadyPeriod = ROLLING,
  harvestedFrom = at - 400 * DAY,
) {
  const budget: AlertBudget<SteadyPeriod> = {
    name: 'budget',
    allowed,
    unit: 'paged_incidents',
    period,
    select: {},
    consequence: null,
  };
  return { budget, units, at, harvestedFrom, accountZone: zoneOf('UTC') };
}

const ago = (...days: number[]) => days.map((day) => at - day * DAY);

describe('the status of a rolling budget', () => {
  it('counts the units of [t - P, t): one at its begin, none at its end', () => {
    const status = budgetStatus(use(8, ago(28.001, 28, 20, 5, 0.5, 0)));
    expect(status).toMatchObject({ start: at - 28 * DAY, end: at, allowed: 8, used: 4, remaining: 0.5 });
    expect(status).toMatchObject({ exhausted: false, overspent: false, exhausted_since: null });
  });

  it('burns at 1 when it is on pace', () => {
    const everyDay = ago(...Array.from({ length: 28 }, (_, i) => 27.5 - i));
    expect(budgetStatus(use(28, everyDay))).toMatchObject({ burn_1d: 1, burn_3d: 1, burn_7d: 1, used: 28 });
    expect(budgetStatus(use(14, everyDay))).toMatchObject({ burn_1d: 2, burn_3d: 2, burn_7d: 2 });
  });

  it('lasts as long as the faster of the 3 and 7 day burn rates lets it', () => {
    const status = budgetStatus(use(28, ago(6, 5, 2, 1.5, 1.2)));
    expect(status.burn_1d).toBe(0);
    expect(status.burn_3d).toBeCloseTo(1, 12);
    expect(status.burn_7d).toBeCloseTo(5 / 7, 12);
    expect(status.time_to_exhaustion).toBeCloseTo(23 * 86400, 3);
    expect(status.reasons).toEqual({});
  });

  it('is exhausted at its allowance and overspent above it', () => {
    expect(budgetStatus(use(3, ago(9, 5, 2)))).toMatchObject({
      remaining: 0,
      exhausted: true,
      overspent: false,
      exhausted_since: at - 2 * DAY,
      time_to_exhaustion: 0,
    });
    expect(budgetStatus(use(2, ago(9, 5, 2)))).toMatchObject({
      remaining: -0.5,
      overspent: true,
      exhausted_since: at - 5 * DAY,
    });
  });

  it('has been exhausted since the present run began, across units that dropped out while others came', () => {
    const since = (...days: number[]) =>
      budgetStatus(use(2, ago(...days), { ...ROLLING, length: 10 * DAY })).exhausted_since;
    expect(since(20, 18, 7, 6, 1)).toBe(at - 6 * DAY);
    expect(since(18, 16, 9, 7, 1)).toBe(at - 16 * DAY);
    expect(since(20, 18, 10, 8, 1)).toBe(at - 18 * DAY);
    expect(since(20, 18, 9.75, 8, 1)).toBe(at - 9.75 * DAY);
  });

  it('has been exhausted since the instant that a walk over every change of use finds', () => {
    let state = 5;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const length = 40;
    for (let round = 0; round < 300; round++) {
      const units = Array.from({ length: 12 }, () => at - 1 - Math.floor(random() * 150)).sort(
        (a, b) => a - b,
      );
      const allowed = Math.floor(random() * 5);
      const usedAt = (t: number) => units.filter((unit) => unit >= t - length && unit < t).length;
      let first = at;
      while (usedAt(first) >= Math.max(allowed, 1)) first--;
      const expected = first === at ? null : first;
      const found = budgetStatus(use(allowed, units, { ...ROLLING, length })).exhausted_since;
      expect(found, `${allowed} of ${units.map((unit) => at - unit)}`).toBe(expected);
    }
  });

  it('allows nothing: no shares and rates, and the first unit overspends it', () => {
    const calm = budgetStatus(use(0, []));
    expect(calm).toMatchObject({
      remaining: null,
      exhausted: false,
      burn_1d: null,
      time_to_exhaustion: null,
    });
    expect(Object.keys(calm.reasons).sort()).toEqual([
      'burn_1d',
      'burn_3d',
      'burn_7d',
      'remaining',
      'time_to_exhaustion',
    ]);
    expect(budgetStatus(use(0, ago(3)))).toMatchObject({
      exhausted: true,
      overspent: true,
      exhausted_since: at - 3 * DAY,
      time_to_exhaustion: 0,
    });
  });

  it('tells no rate whose window reaches before the harvest, and why', () => {
    const status = budgetStatus(use(28, ago(1), ROLLING, at - 3 * DAY));
    expect(status.burn_3d).toBeCloseTo(1 / 3, 12);
    expect(status).toMatchObject({ burn_7d: null, time_to_exhaustion: null });
    expect(status.reasons).toEqual({
      burn_7d: 'the harvest began less than 7d before',
      time_to_exhaustion: 'the harvest began less than 7d before',
    });
  });

  it('does not foretell an end when nothing was used lately', () => {
    const status = budgetStatus(use(28, ago(20)));
    expect(status.time_to_exhaustion).toBeNull();
    expect(status.reasons).toEqual({ time_to_exhaustion: 'nothing was used in the last 7d' });
  });
});

describe('the status of a calendar budget', () => {
  it('follows the month of its zone, as long as the clock change makes it', () => {
    const start = instant('2026-02-28T23:00');
    const status = budgetStatus(use(4, [start - 1, start, at - 1, at], MONTH));
    expect(status).toMatchObject({ start, end: instant('2026-03-31T22:00'), used: 2, remaining: 0.5 });
    expect(status.burn_1d).toBeCloseTo((1 * (31 * 24 - 1)) / 24 / 4, 12);
  });

  it('uses the period of the last instant before it is told', () => {
    const boundary = instant('2026-03-31T22:00');
    expect(periodOf(MONTH, boundary, zoneOf('UTC')).end).toBe(boundary);
    expect(periodOf(MONTH, boundary + 1, zoneOf('UTC')).start).toBe(boundary);
  });

  it("follows the account's zone where it names none", () => {
    const week: SteadyPeriod = { kind: 'calendar', calendar: 'week', timeZone: null };
    expect(periodOf(week, at, zoneOf('America/New_York'))).toEqual({
      start: instant('2026-03-23T04:00'),
      end: instant('2026-03-30T04:00'),
    });
  });

  it('has been exhausted since the unit that did it, within the period only', () => {
    const units = [...ago(40, 35), instant('2026-03-02T00:00'), ...ago(10, 5)];
    expect(budgetStatus(use(2, units, MONTH)).exhausted_since).toBe(at - 10 * DAY);
    expect(budgetStatus(use(4, units, MONTH)).exhausted_since).toBeNull();
  });
});

describe('the burn-down', () => {
  it('of a rolling budget runs from the begin of its period to now', () => {
    const start = at - 28 * DAY;
    const points = burnDown(use(14, ago(30, 20, 10)), [start - HOUR, start, start + 14 * DAY, at, at + HOUR]);
    expect(points).toEqual([
      { time: start - HOUR, used: null, ideal: null, allowed: 14 },
      { time: start, used: 0, ideal: 0, allowed: 14 },
      { time: start + 14 * DAY, used: 1, ideal: 7, allowed: 14 },
      { time: at, used: 2, ideal: 14, allowed: 14 },
      { time: at + HOUR, used: null, ideal: null, allowed: 14 },
    ]);
  });

  it('of a calendar budget runs from the begin of its period to its end, and foretells only the ideal line', () => {
    const start = instant('2026-02-28T23:00');
    const end = instant('2026-03-31T22:00');
    const points = burnDown(use(10, [start, at - DAY], MONTH), [start, start + HOUR, at, end]);
    expect(points.map(({ used }) => used)).toEqual([0, 1, 2, null]);
    expect(points.map(({ ideal }) => ideal?.toFixed(3))).toEqual(['0.000', '0.013', '9.219', '10.000']);
  });

  it('of a calendar budget has the period of its own for each instant before and after the present one', () => {
    const start = instant('2026-02-28T23:00');
    const points = burnDown(use(10, [start - 2 * DAY, start], MONTH), [
      start - 7 * DAY,
      start - DAY,
      start + 34 * DAY,
    ]);
    expect(points.map(({ used }) => used)).toEqual([0, 1, null]);
    expect(points.map(({ ideal }) => ideal?.toFixed(3))).toEqual(['7.500', '9.643', '1.014']);
  });

  it('knows nothing before the harvest began', () => {
    const points = burnDown(use(10, ago(5, 1), ROLLING, at - 6 * DAY), ago(7, 6, 4));
    expect(points.map(({ used }) => used)).toEqual([null, 0, 1]);
  });
});
