import { DateTime, IANAZone } from 'luxon';

/** Milliseconds in a minute, an hour and a day of 24 hours. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Every zone's offset is a whole number of quarter hours, so all that a clock shows but its minute holds for a quarter. */
export const QUARTER = 15 * MINUTE;

/** What a wall clock shows in the quarter hour of an instant; weekday 1 is Monday, offset in minutes. */
export interface Reading {
  date: string;
  hour: number;
  weekday: number;
  offset: number;
}

/** A person's night, [from, to) in epoch ms, named by the date on which it begins. */
export interface Night {
  date: string;
  from: number;
  to: number;
}

const readings = new Map<string, Map<number, Reading>>();
const zones = new Map<string, boolean>();

/** What is remembered of a key; made where nothing is. */
export function remembered<K, V>(memory: Map<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}

/** Tells whether luxon knows a zone by this name. */
export function isZone(name: string): boolean {
  return remembered(zones, name, () => IANAZone.isValidZone(name));
}

/** The first instant of the quarter hour that holds an instant. */
export function quarterOf(instant: number): number {
  return Math.floor(instant / QUARTER) * QUARTER;
}

/** Reads the wall clock of a zone at an instant. */
export function readingAt(instant: number, zone: string): Reading {
  const quarter = quarterOf(instant);
  const ofZone = remembered(readings, zone, () => new Map<number, Reading>());
  return remembered(ofZone, quarter, () => {
    const local = DateTime.fromMillis(quarter, { zone });
    return {
      date: local.toFormat('yyyy-MM-dd'),
      hour: local.hour,
      weekday: local.weekday,
      offset: local.offset,
    };
  });
}

/** The hour class of an instant on a wall clock: sleep wins, then business on working days, else off. */
export function hourClassAt(instant: number, zone: string): 'sleep' | 'business' | 'off' {
  const { hour, weekday } = readingAt(instant, zone);
  if (hour >= 22 || hour < 8) return 'sleep';
  return weekday <= 5 && hour < 18 ? 'business' : 'off';
}

/** The date some days after another one, both as yyyy-mm-dd. */
export function addDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

const firsts = new Map<string, number>();

/** The first instant at which a zone's clock reads this hour of this date, or the first later reading where it skips it. */
export function firstInstant(date: string, hour: number, zone: string): number {
  return remembered(firsts, `${date} ${hour} ${zone}`, () => {
    const wanted = `${date} ${String(hour).padStart(2, '0')}`;
    for (let instant = quarterOf(Date.parse(date) + hour * HOUR - 15 * HOUR); ; instant += QUARTER) {
      const reading = readingAt(instant, zone);
      if (`${reading.date} ${String(reading.hour).padStart(2, '0')}` >= wanted) return instant;
    }
  });
}

/** The nights of a zone that begin in [from, to). */
export function nightsBeginningIn(from: number, to: number, zone: string): Night[] {
  const nights: Night[] = [];
  const last = addDays(readingAt(to, zone).date, 1);
  for (let date = addDays(readingAt(from, zone).date, -1); date <= last; date = addDays(date, 1)) {
    const night = { date, from: firstInstant(date, 22, zone), to: firstInstant(addDays(date, 1), 8, zone) };
    if (night.from >= from && night.from < to) nights.push(night);
  }
  return nights;
}
