import { DAY, MINUTE } from '../clock.ts';
import type { FileSettings, HoursSetting } from '../config.ts';

/** The three parts of a person's week. */
export type HourClass = 'business' | 'off' | 'sleep';

/** Where the parts of the week begin and end, in minutes of the local day; a span may wrap midnight. */
export interface Hours {
  sleep: { from: number; to: number };
  /** Days are 1 (Monday) to 7. */
  business: { from: number; to: number; days: readonly number[] };
  /** Local dates (YYYY-MM-DD) that count as weekend days. */
  holidays: ReadonlySet<string>;
}

/** A wall clock taken apart; weekday 1 is Monday. */
export interface LocalParts {
  date: string;
  weekday: number;
  hour: number;
  minute: number;
}

const DEFAULT_HOURS: Hours = {
  sleep: { from: 22 * 60, to: 8 * 60 },
  business: { from: 8 * 60, to: 18 * 60, days: [1, 2, 3, 4, 5] },
  holidays: new Set(),
};

/** The account's hours: those of the settings, gaps filled from sleep 22:00-08:00 and business Mon-Fri 08:00-18:00. */
export function accountHours(settings: FileSettings): Hours {
  return filled(settings.hours, DEFAULT_HOURS);
}

/** A person's hours: those of the first of their teams, in configuration order, that sets any (by id or name), gaps filled from the account's. */
export function teamHours(settings: FileSettings, teamsOfPerson: { id: string; name: string }[]): Hours {
  const own = new Set(teamsOfPerson.flatMap((team) => [team.id, team.name]));
  const first = settings.teams.find((entry) => own.has(entry.team) && setsAny(entry.hours));
  return filled(first?.hours, accountHours(settings));
}

/** The hour class of a wall clock; where sleep and business overlap, sleep wins. */
export function hourClass(local: number, hours: Hours): HourClass {
  const minute = minuteOfDay(local);
  if (within(minute, hours.sleep)) return 'sleep';
  const working = hours.business.days.includes(weekdayOf(local)) && within(minute, hours.business);
  return working && !isHoliday(local, hours) ? 'business' : 'off';
}

/** Takes a wall clock apart into its date, weekday, hour and minute. */
export function localParts(local: number): LocalParts {
  const minute = minuteOfDay(local);
  return {
    date: dateOf(local),
    weekday: weekdayOf(local),
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  };
}

/** The date of a wall clock, YYYY-MM-DD. */
export function dateOf(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

/** The minute of the local day, 0 to 1439. */
export function minuteOfDay(local: number): number {
  return Math.floor((local - Math.floor(local / DAY) * DAY) / MINUTE);
}

/** True for a minute of the day inside a span that may wrap midnight. */
export function within(minute: number, span: { from: number; to: number }): boolean {
  return span.from <= span.to
    ? minute >= span.from && minute < span.to
    : minute >= span.from || minute < span.to;
}

function weekdayOf(local: number): number {
  return new Date(local).getUTCDay() || 7;
}

function isHoliday(local: number, hours: Hours): boolean {
  return hours.holidays.size > 0 && hours.holidays.has(dateOf(local));
}

function setsAny(setting: HoursSetting): boolean {
  return Object.values(setting).some((part) => part !== undefined);
}

function filled(setting: HoursSetting | undefined, base: Hours): Hours {
  const business = setting?.business;
  return {
    sleep: setting?.sleep ?? base.sleep,
    business: business
      ? { from: business.from, to: business.to, days: business.days ?? base.business.days }
      : base.business,
    holidays: setting?.holidays ? new Set(setting.holidays) : base.holidays,
  };
}
