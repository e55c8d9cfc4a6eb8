import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import { type Span, sloStatus, union } from './slo.ts';

const at = Date.parse('2026-03-29T12:00Z');
const slo = { target: 0.99, window: 28 * DAY };
const status = (spans: Span[], harvestedFrom = at - 90 * DAY) => sloStatus({ slo, spans, at, harvestedFrom });
const ago = (from: number, to: number): Span => ({ start: at - from, end: at - to });

describe('an SLO over time', () => {
  it('is whole without an incident', () => {
    expect(status([])).toEqual({
      start: at - 28 * DAY,
      end: at,
      bad_seconds: 0,
      sli: 1,
      remaining: 1,
      rules: { ticket_fast: { burn: 0, state: false }, ticket_slow: { burn: 0, state: false } },
    });
  });

  it('counts the union of open times once, clipped to its window', () => {
    const spans = [
      ago(10 * DAY, 10 * DAY - 2 * HOUR),
      ago(10 * DAY - HOUR, 10 * DAY - 3 * HOUR),
      ago(28 * DAY + HOUR, 28 * DAY - HOUR),
      ago(40 * DAY, 39 * DAY),
    ];
    const { bad_seconds, sli, remaining } = status(spans);
    expect(bad_seconds).toBe(4 * 3600);
    expect(sli).toBeCloseTo(1 - 4 / 672, 12);
    expect(remaining).toBeCloseTo(1 - 4 / 6.72, 12);
  });

  it('has less than nothing left when more time was bad than is allowed', () => {
    expect(status([ago(20 * DAY, 20 * DAY - 13.44 * HOUR)]).remaining).toBeCloseTo(-1, 9);
  });

  it('fires a rule only when the long and the short window are both at or above the factor', () => {
    const bad = 45 * MINUTE;
    const early = status([ago(20 * HOUR, 20 * HOUR - bad)]).rules.ticket_fast;
    expect(early?.burn).toBeCloseTo(0.75 / 24 / 0.01, 9);
    expect(early?.state).toBe(false);
    expect(status([ago(bad, 0)]).rules.ticket_fast?.state).toBe(true);
    expect(status([ago(30 * MINUTE, 0)]).rules.ticket_fast?.state).toBe(false);
  });

  it('tells no burn where the harvest began inside the long window', () => {
    const { rules } = status([ago(HOUR, 0)], at - 2 * DAY);
    expect(rules.ticket_fast?.state).toBe(true);
    expect(rules.ticket_slow).toEqual({ burn: null, state: null });
    expect(status([], at - 3 * DAY).rules.ticket_slow).toEqual({ burn: 0, state: false });
  });
});

describe('the union of spans', () => {
  it('joins those that overlap or touch, in any order, and drops empty ones', () => {
    expect(
      union([
        { start: 5, end: 6 },
        { start: 0, end: 4 },
        { start: 1, end: 2 },
        { start: 4, end: 5 },
        { start: 8, end: 8 },
        { start: 9, end: 10 },
      ]),
    ).toEqual([
      { start: 0, end: 6 },
      { start: 9, end: 10 },
    ]);
  });
});
