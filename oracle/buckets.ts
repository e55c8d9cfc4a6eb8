import { addDays, firstInstant, QUARTER, quarterOf, readingAt } from './calendar.ts';

/** A calendar unit into which a range, or a budget's time, is cut. */
export type Unit = 'hour' | 'day' | 'week' | 'month' | 'quarter';

function hourStart(instant: number, zone: string): number {
  const { date, hour, offset } = readingAt(instant, zone);
  let start = quarterOf(instant);
  for (;;) {
    const before = readingAt(start - QUARTER, zone);
    if (before.date !== date || before.hour !== hour || before.offset !== offset) return start;
    start -= QUARTER;
  }
}

function firstMonthOfQuarter(date: string): string {
  const month = Number(date.slice(5, 7));
  return String(month - ((month - 1) % 3)).padStart(2, '0');
}

const starts: Record<Unit, (instant: number, zone: string) => number> = {
  hour: hourStart,
  day: (instant, zone) => firstInstant(readingAt(instant, zone).date, 0, zone),
  week: (instant, zone) => {
    const { date, weekday } = readingAt(instant, zone);
    return firstInstant(addDays(date, 1 - weekday), 0, zone);
  },
  month: (instant, zone) => firstInstant(`${readingAt(instant, zone).date.slice(0, 7)}-01`, 0, zone),
  quarter: (instant, zone) => {
    const { date } = readingAt(instant, zone);
    return firstInstant(`${date.slice(0, 4)}-${firstMonthOfQuarter(date)}-01`, 0, zone);
  },
};

const known = new Map<string, number>();

/** The first instant of the local hour, day, week, month or quarter that holds an instant. */
export function bucketStart(instant: number, unit: Unit, zone: string): number {
  const key = `${unit} ${quarterOf(instant)} ${zone}`;
  const start = known.get(key) ?? starts[unit](instant, zone);
  known.set(key, start);
  return start;
}

const knownNext = new Map<string, number>();

/** The first instant of the local unit after the one that holds an instant. */
export function nextBucketStart(instant: number, unit: Unit, zone: string): number {
  const start = bucketStart(instant, unit, zone);
  const key = `${unit} ${start} ${zone}`;
  let next = knownNext.get(key) ?? quarterOf(instant) + QUARTER;
  while (bucketStart(next, unit, zone) === start) next += QUARTER;
  knownNext.set(key, next);
  return next;
}

/** The labels of every bucket that a range [from, to) touches, in order. */
export function bucketsOf(from: number, to: number, unit: Unit, zone: string): number[] {
  const labels = new Set<number>();
  for (let instant = quarterOf(from); instant < to; instant += QUARTER)
    labels.add(bucketStart(instant, unit, zone));
  return [...labels];
}
