import type { Model } from '../model/schema.ts';
import type { Random } from '../random.ts';
import { DAY } from '../time.ts';
import type { Problem } from './problems.ts';

/**
 * How the life of an incident goes in the large: the usual one is over within a day; in others somebody works for days,
 * opens the incident again after days, or it stays open for good.
 */
export type Course = 'usual' | 'days' | 'returns' | 'open';

/** All entries of a usual life lie so close to its beginning, ms. */
export const USUAL_LIFE = DAY;

/** All entries of any life lie so close to its beginning, ms. */
export const LONGEST_LIFE = 45 * DAY;

/** Draws the course of an incident. */
export function courseOf(random: Random, { temper }: Problem, { tempers }: Model): Course {
  const { days, returns, open } = tempers[temper];
  const drawn = random.next();
  if (drawn < days) return 'days';
  if (drawn < days + returns) return 'returns';
  return drawn < days + returns + open ? 'open' : 'usual';
}
