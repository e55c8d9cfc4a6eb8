import { DAY, MINUTE } from '../clock.ts';
import { dateOf, type Hours, minuteOfDay, within } from './hours.ts';
import type { Zone } from './zone.ts';

/** The date (YYYY-MM-DD) on which the night of a wall clock began; null outside the sleep span. */
export function nightOf(local: number, hours: Hours): string | null {
  const minute = minuteOfDay(local);
  if (!within(minute, hours.sleep)) return null;
  return dateOf(wraps(hours) && minute < hours.sleep.to ? local - DAY : local);
}

/** The night that begins on a date: from the first instant that reads the sleep span's begin to the first that reads its end, epoch milliseconds. */
export function nightSpan(zone: Zone, hours: Hours, date: string): { start: number; end: number } {
  const midnight = Date.parse(date);
  const morning = wraps(hours) ? midnight + DAY : midnight;
  return {
    start: zone.fromLocal(midnight + hours.sleep.from * MINUTE),
    end: zone.fromLocal(morning + hours.sleep.to * MINUTE),
  };
}

/** The dates of the nights that begin in [from, to), in order. */
export function nightsIn(zone: Zone, hours: Hours, from: number, to: number): string[] {
  const nights: string[] = [];
  for (let local = zone.toLocal(from) - DAY; local < zone.toLocal(to) + DAY; local += DAY) {
    const date = dateOf(local);
    const { start, end } = nightSpan(zone, hours, date);
    if (start >= from && start < to && start < end) nights.push(date);
  }
  return nights;
}

function wraps(hours: Hours): boolean {
  return hours.sleep.from > hours.sleep.to;
}
