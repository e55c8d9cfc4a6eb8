import { HOUR } from '../clock.ts';
import { LOCAL_UNITS } from './units.ts';
import { type OffsetSpan, type Zone, zoneOf } from './zone.ts';

/** The sizes of bucket, smallest first. */
export const UNITS = ['hour', 'day', 'week', 'month'] as const satisfies (keyof typeof LOCAL_UNITS)[];

/** The size of a bucket. */
export type Unit = (typeof UNITS)[number];

/** A stretch [start, end) of epoch milliseconds; it is labelled with its start. */
export interface Bucket {
  start: number;
  end: number;
}

/** Every bucket of the zone that overlaps [from, to), in order; the first may begin before `from`, and the two equal hours of a clock change are two. */
export function bucketsOf(zone: Zone, unit: Unit, from: number, to: number): Bucket[] {
  const starts = unit === 'hour' ? hourStarts(zone, from, to) : dateStarts(zone, unit, from, to);
  return starts
    .map((start, i) => ({ start, end: starts[i + 1] ?? start }))
    .filter(({ start, end }) => start < end && start < to && end > from);
}

/** The smallest unit that is at least `intervalMs` and gives at most `maxDataPoints` buckets in [from, to) of the zone (UTC where none is given), else month. */
export function unitFor(
  intervalMs: number,
  maxDataPoints: number,
  from: number,
  to: number,
  zone: Zone = zoneOf('UTC'),
): Unit {
  const fits = (unit: Unit) => {
    const { least } = LOCAL_UNITS[unit];
    if (least < intervalMs || (to - from) / least > maxDataPoints + 2) return false;
    return bucketsOf(zone, unit, from, to).length <= maxDataPoints;
  };
  return UNITS.find(fits) ?? 'month';
}

/** Starts of days, weeks or months from the one of `from` to the first at or after `to`. */
function dateStarts(zone: Zone, unit: Exclude<Unit, 'hour'>, from: number, to: number): number[] {
  const { floor, next } = LOCAL_UNITS[unit];
  let local = floor(zone.toLocal(from));
  const starts = [zone.fromLocal(local)];
  for (let start = starts[0] ?? to; start < to; starts.push(start)) {
    local = next(local);
    start = zone.fromLocal(local);
  }
  return starts;
}

/** Starts of local hours; a clock change begins a new one. The first and the last may be cut, and lie outside [from, to). */
function hourStarts(zone: Zone, from: number, to: number): number[] {
  return zone.spans(from - HOUR, to + HOUR + 1).flatMap(hoursOfSpan);
}

function hoursOfSpan({ from, to, offset }: OffsetSpan): number[] {
  const starts = [from];
  for (let at = LOCAL_UNITS.hour.floor(from + offset) - offset + HOUR; at < to; at += HOUR) starts.push(at);
  return starts;
}
