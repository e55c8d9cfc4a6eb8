import { DAY, MINUTE } from '../clock.ts';
import { dateOf, type Hours, minuteOfDay, within } from './hours.ts';
import type { Zone } from './zone.ts';

/** A stretch of instants, epoch milliseconds. */
interface Night {
  start: number;
  end: number;
}

/** The date (YYYY-MM-DD) on which the night of a wall clock began; null outside the sleep span. */
export function nightOf(local: number, hours: Hours): string | null {
  const minute = minuteOfDay(local);
  if (!within(minute, hours.sleep)) return null;
  return dateOf(wraps(hours) && minute < hours.sleep.to ? local - DAY : local);
}

/** The night that begins on a date: from the first instant that reads the sleep span's begin to the first that reads its end, epoch milliseconds. */
export function nightSpan(zone: Zone, hours: Hours, date: string): Night {
  const midnight = Date.parse(date);
  const morning = wraps(hours) ? midnight + DAY : midnight;
  return {
    start: zone.fromLocal(midnight + hours.sleep.from * MINUTE),
    end: zone.fromLocal(morning + hours.sleep.to * MINUTE),
  };
}

/** Makes nights as `nightSpan` does, each worked out once; `day` counts days from 1970-01-01. */
export function nightSpans(): (zone: Zone, hours: Hours, day: number) => Night {
  const ofZones = new Map<Zone, Map<number, Map<number, Night>>>();
  return (zone, hours, day) => {
    const ofSleep = ofZones.get(zone) ?? new Map<number, Map<number, Night>>();
    ofZones.set(zone, ofSleep);
    const sleep = hours.sleep.from * DAY + hours.sleep.to;
    const ofDays = ofSleep.get(sleep) ?? new Map<number, Night>();
    ofSleep.set(sleep, ofDays);
    const night = ofDays.get(day) ?? nightSpan(zone, hours, dateOf(day * DAY));
    ofDays.set(day, night);
    return night;
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
