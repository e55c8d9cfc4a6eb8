import { Temporal } from 'temporal-polyfill';

/** Lengths of time in milliseconds. */
export const SECOND = 1000;
/** A minute in milliseconds. */
export const MINUTE = 60 * SECOND;
/** An hour in milliseconds. */
export const HOUR = 60 * MINUTE;
/** A day of 24 hours in milliseconds. */
export const DAY = 24 * HOUR;

/** A time in which a zone's offset stays the same, [from, to) in epoch ms. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
}

const stretches = new Map<string, Stretch[]>();

/** Tells whether a zone's name is an IANA one. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/** An instant (epoch ms) as ISO 8601 with the zone's offset and whole seconds; UTC is written Z. */
export function timestamp(at: number, zone: string): string {
  const offset = offsetAt(at, zone);
  const wall = new Date(at + offset).toISOString().slice(0, 19);
  if (zone === 'UTC' || zone === 'Etc/UTC') return `${wall}Z`;
  const minutes = Math.abs(offset) / MINUTE;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Hour of the day (0 to 23) and weekday (1 = Monday) that a clock in the zone shows. */
export function wallClock(at: number, zone: string): { hour: number; weekday: number } {
  const wall = new Date(at + offsetAt(at, zone));
  return { hour: wall.getUTCHours(), weekday: wall.getUTCDay() || 7 };
}

/** Reads ISO 8601 as epoch ms, a text without an offset in the zone given; null where it is none. */
export function readTime(text: string, zone: string): number | null {
  try {
    if (/(z|[+-]\d\d:?\d\d)$/i.test(text) && /\d[t ]\d/i.test(text)) {
      return Temporal.Instant.from(text).epochMilliseconds;
    }
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}

/** The instant so many calendar months after another, in UTC. */
export function addMonths(at: number, months: number): number {
  const start = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC');
  return start.add({ months }).epochMilliseconds;
}

/** The instant at which a clock in the zone shows the hour, `days` after the date. */
export function localInstant(zone: string, date: string, days: number, hour: number): number {
  const day = Temporal.PlainDate.from(date).add({ days });
  return day.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds;
}

/** One look-up serves until the offset changes. */
function offsetAt(at: number, zone: string): number {
  if (zone === 'UTC' || zone === 'Etc/UTC') return 0;
  const known = stretches.get(zone) ?? [];
  let stretch = known.find(({ from, to }) => at >= from && at < to);
  if (!stretch) {
    stretch = stretchAround(at, zone);
    stretches.set(zone, [...known, stretch]);
  }
  return stretch.offset;
}

function stretchAround(at: number, zone: string): Stretch {
  const inZone = (instant: number) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return {
    from: inZone(at + 1).getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: inZone(at).getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: inZone(at).offsetNanoseconds / 1e6,
  };
}
