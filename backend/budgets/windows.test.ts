import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../clock.ts';
import { BURN_RULE_NAMES, BURN_RULES, factorOf, shortOf, TIME_RULE_NAMES } from './windows.ts';

describe('the burn rules', () => {
  it.each([
    ['page_fast', 14.4, 13.44, 5],
    ['page_slow', 6, 5.6, 30],
    ['ticket_fast', 3, 2.8, 120],
    ['ticket_slow', 1, 0.9333, 360],
  ] as const)(
    '%s has factor %d over 30 days, %d over 28, and a short window of %i minutes',
    (name, month, weeks, short) => {
      const rule = BURN_RULES[name];
      expect(factorOf(rule, 30 * DAY)).toBeCloseTo(month, 9);
      expect(factorOf(rule, 28 * DAY)).toBeCloseTo(weeks, 4);
      expect(shortOf(rule)).toBe(short * MINUTE);
    },
  );

  it('never page on a time SLI', () => {
    expect(TIME_RULE_NAMES).toEqual(['ticket_fast', 'ticket_slow']);
    expect(BURN_RULE_NAMES).toHaveLength(4);
  });
});
