import type { Random } from '../random.ts';
import { DAY } from '../time.ts';
import type { Problem, Temper } from './problems.ts';

/**
 * How the life of an incident goes in the large: the usual one is over within a day; in others somebody works for days,
 * opens the incident again after days, or it stays open for good.
 */
export type Course = 'usual' | 'days' | 'returns' | 'open';

/** All entries of a usual life lie so close to its beginning, ms. */
export const USUAL_LIFE = DAY;

/** All entries of any life lie so close to its beginning, ms. */
export const LONGEST_LIFE = 45 * DAY;

const COURSES = {
  genuine: { usual: 97.9, days: 1.6, returns: 0.4, open: 0.1 },
  healing: { usual: 99.7, days: 0.1, returns: 0.2, open: 0 },
  flapping: { usual: 99.7, days: 0.1, returns: 0.2, open: 0 },
  forgotten: { usual: 98.6, days: 0.7, returns: 0.4, open: 0.3 },
  noisy: { usual: 99.1, days: 0.5, returns: 0.4, open: 0 },
} as const satisfies Record<Temper, Record<Course, number>>;

/** Draws the course of an incident. */
export function courseOf(random: Random, { temper }: Problem): Course {
  return random.weighted<Course>(COURSES[temper]);
}
