import type { Bucket } from './buckets.ts';
import { LOCAL_UNITS } from './units.ts';
import type { Zone } from './zone.ts';

/** The calendar periods that a budget can follow. */
export const CALENDAR_PERIODS = ['week', 'month', 'quarter'] as const satisfies (keyof typeof LOCAL_UNITS)[];

/** A calendar period: a week begins on Monday, a quarter in January, April, July or October. */
export type CalendarPeriod = (typeof CALENDAR_PERIODS)[number];

/** The calendar period of the zone that contains an instant, [start, end) in epoch milliseconds. */
export function periodAt(zone: Zone, period: CalendarPeriod, at: number): Bucket {
  const { floor, next } = LOCAL_UNITS[period];
  const local = floor(zone.toLocal(at));
  return { start: zone.fromLocal(local), end: zone.fromLocal(next(local)) };
}
