import { DAY, HOUR } from '../clock.ts';

/** A local time is a wall clock written as if it were UTC, in milliseconds; these work on nothing else. */
interface LocalUnit {
  /** The unit's least usual length in milliseconds. */
  least: number;
  /** The start of the unit that a local time lies in. */
  floor(local: number): number;
  /** The start of the unit after the one that begins at `start`. */
  next(start: number): number;
}

/** 1970-01-05, a Monday. */
const MONDAY = 4 * DAY;

function monthly(months: number): LocalUnit {
  const shifted = (local: number, by: number) => {
    const date = new Date(local);
    const month = Math.floor(date.getUTCMonth() / months) * months;
    return Date.UTC(date.getUTCFullYear(), month + by);
  };
  return {
    least: 28 * months * DAY,
    floor: (local) => shifted(local, 0),
    next: (start) => shifted(start, months),
  };
}

function fixed(length: number, origin = 0): LocalUnit {
  return {
    least: length,
    floor: (local) => Math.floor((local - origin) / length) * length + origin,
    next: (start) => start + length,
  };
}

/** The calendar's units on the wall clock; a week begins on Monday. */
export const LOCAL_UNITS = {
  hour: fixed(HOUR),
  day: fixed(DAY),
  week: fixed(7 * DAY, MONDAY),
  month: monthly(1),
  quarter: monthly(3),
} as const satisfies Record<string, LocalUnit>;
