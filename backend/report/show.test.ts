import { expect, it } from 'vitest';
import { dayIn, momentIn } from './show.ts';

it('tells days and moments by the wall clock of the zone', () => {
  const late = Date.parse('2026-11-15T23:30:00Z');
  expect([dayIn('UTC')(late), dayIn('Europe/Berlin')(late)]).toEqual(['2026-11-15', '2026-11-16']);
  expect(momentIn('Europe/Berlin')(late)).toBe('2026-11-16 00:30');
  expect([dayIn('UTC')(null), momentIn('UTC')(null)]).toEqual(['', '']);
});
