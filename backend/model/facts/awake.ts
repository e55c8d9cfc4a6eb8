import type { nightSpans } from '../../calendar/night.ts';
import { DAY, HOUR, MINUTE } from '../../clock.ts';
import { compareText } from './entries.ts';
import { type Person, zoneAt } from './person.ts';
import type { Span } from './shifts.ts';

const ACTS_WITHIN = 4 * HOUR;
const AFTER_ACT = 20 * MINUTE;
const WITHOUT_ACT = 10 * MINUTE;

/**
 * The end of the awake time that begins with a page: twenty minutes after the person's latest act within four hours of
 * a notification, or after ten minutes without one; the latest over its notifications, which leaves no gap as page_window
 * is shorter. `acts` are the instants of the person's own entries on the incident, any but notify.
 */
export function awakeUntil(notifications: readonly number[], acts: readonly number[]): number {
  return Math.max(...notifications.map((at) => awakeAfter(at, acts)));
}

/** The longest that a page can keep somebody awake, from its first notification on, ms; so is `pageWindow`. */
export const longestAwake = (pageWindow: number): number => pageWindow + ACTS_WITHIN + AFTER_ACT;

/** What decides the stretches that pages keep one person awake. */
export interface AwakePage {
  id: string;
  time: number;
  awake_until: number;
}

/** A person's pages in the order in which stretches awake are merged: by time, ties by id compared as strings. */
export function byTimeThenId(a: AwakePage, b: AwakePage): number {
  return a.time - b.time || compareText(a.id, b.id);
}

/** The merged stretches that one person's pages (in order) keep them awake, by the page that begins each. */
export function awakeStretches<P extends AwakePage>(pages: readonly P[]): Map<P, Span> {
  const stretches = new Map<P, Span>();
  let current: Span | undefined;
  for (const page of pages) {
    if (current && page.time <= current.until) {
      current.until = Math.max(current.until, page.awake_until);
      continue;
    }
    current = { from: page.time, until: page.awake_until };
    stretches.set(page, current);
  }
  return stretches;
}

/** How long (ms) a stretch lies in the nights of a person, as the clock goes where they live at its begin. */
export function lengthAtNight(
  { from, until }: Span,
  person: Person,
  nightOn: ReturnType<typeof nightSpans>,
): number {
  const zone = zoneAt(from, person);
  const lastDay = Math.floor(zone.toLocal(until) / DAY);
  let length = 0;
  for (let day = Math.floor(zone.toLocal(from) / DAY) - 1; day <= lastDay; day += 1) {
    const night = nightOn(zone, person.hours, day);
    length += Math.max(0, Math.min(until, night.end) - Math.max(from, night.start));
  }
  return length;
}

function awakeAfter(notification: number, acts: readonly number[]): number {
  const inTime = acts.filter((act) => act >= notification && act <= notification + ACTS_WITHIN);
  return (inTime.length > 0 ? Math.max(...inTime) : notification + WITHOUT_ACT) + AFTER_ACT;
}
