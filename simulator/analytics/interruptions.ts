import { attemptOf } from '../answers/notification.ts';
import type { LogEntry } from '../life/incident.ts';
import { MINUTE, wallClock } from '../time.ts';

/** The part of a person's day: sleep is 22 to 8 on every day, business 8 to 18 on Monday to Friday, off the rest. */
export type PartOfDay = 'business' | 'off' | 'sleep';

/** How often people were interrupted, in all and by the part of their day. */
export type Interruptions = Record<'total' | PartOfDay, number>;

/** Attempts to reach one person so soon after an interruption are part of it; PagerDuty documents no such rule. */
const ONE_INTERRUPTION = 5 * MINUTE;

/** Counts interruptions among the entries of one incident, in order of time: attempts by any means but e-mail, those of five minutes as one. */
export function interruptionsOf(entries: readonly LogEntry[], zone: string): Interruptions {
  const counts: Interruptions = { total: 0, business: 0, off: 0, sleep: 0 };
  const last = new Map<string, number>();
  for (const entry of entries) {
    const person = personOf(entry);
    if (!person || attemptOf(entry).type === 'email_notification') continue;
    if (entry.time < (last.get(person.id) ?? Number.NEGATIVE_INFINITY) + ONE_INTERRUPTION) continue;
    last.set(person.id, entry.time);
    counts.total += 1;
    counts[partOfDay(entry.time, person.zone ?? zone)] += 1;
  }
  return counts;
}

/** The person that an entry tells to have been notified; null for other entries and where none is named. */
export function personOf(entry: LogEntry) {
  return entry.type === 'notify' ? (entry.user ?? attemptOf(entry).user ?? null) : null;
}

function partOfDay(at: number, zone: string): PartOfDay {
  const { hour, weekday } = wallClock(at, zone);
  if (hour < 8 || hour >= 22) return 'sleep';
  return hour < 18 && weekday <= 5 ? 'business' : 'off';
}
