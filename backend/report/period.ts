import { Temporal } from 'temporal-polyfill';
import { periodAt } from '../calendar/periods.ts';
import type { Zone } from '../calendar/zone.ts';
import { DAY } from '../clock.ts';
import type { TimeRange } from '../contract.ts';
import { AppError } from '../errors.ts';

/** What a report is about, and what it is compared with. */
export interface Period {
  range: TimeRange;
  /** The period just before. */
  before: TimeRange;
  /** As a heading says it. */
  name: string;
}

/** The calendar week of an ISO name such as "2026-W46", from Monday in the zone. Throws AppError `invalid_query` on another text. */
export function weekNamed(name: string, zone: Zone): Period {
  const [, year, week] = /^(\d{4})-W(\d\d)$/.exec(name) ?? [];
  const monday = year && week ? mondayOf(Number(year), Number(week)) : null;
  if (monday === null) {
    throw new AppError('invalid_query', `"${name}" is not a week such as 2026-W46 (ISO 8601).`);
  }
  return weekAt(zone, zone.fromLocal(monday));
}

/** The last calendar week that was over at an instant, epoch milliseconds. */
export function lastWeek(zone: Zone, now: number): Period {
  return weekAt(zone, periodAt(zone, 'week', now).start - 1);
}

/** So many whole days up to an instant, epoch milliseconds. */
export function lastDays(days: number, now: number): Period {
  const range = rangeOf(now - days * DAY, now);
  return {
    range,
    before: rangeOf(now - 2 * days * DAY, now - days * DAY),
    name: `${range.from.slice(0, 10)} to ${range.to.slice(0, 10)}`,
  };
}

function weekAt(zone: Zone, at: number): Period {
  const week = periodAt(zone, 'week', at);
  const previous = periodAt(zone, 'week', week.start - 1);
  return {
    range: rangeOf(week.start, week.end),
    before: rangeOf(previous.start, previous.end),
    name: nameOf(zone.toLocal(week.start)),
  };
}

/** The local instant (as if UTC) at which an ISO week begins; null where the year has no such week. */
function mondayOf(year: number, week: number): number | null {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  if (monday.yearOfWeek !== year || monday.weekOfYear !== week) return null;
  return Date.parse(`${monday}T00:00:00Z`);
}

function nameOf(local: number): string {
  const monday = Temporal.PlainDate.from(new Date(local).toISOString().slice(0, 10));
  const week = String(monday.weekOfYear).padStart(2, '0');
  return `week ${monday.yearOfWeek}-W${week} (${monday} to ${monday.add({ days: 6 })})`;
}

function rangeOf(from: number, to: number): TimeRange {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
