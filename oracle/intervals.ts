/** A stretch of time [from, to) in epoch milliseconds. */
export interface Interval {
  from: number;
  to: number;
}

/** Keeps of each interval what lies inside [from, to). */
export function clip<T extends Interval>(intervals: T[], from: number, to: number): T[] {
  return intervals
    .map((interval) => ({ ...interval, from: Math.max(interval.from, from), to: Math.min(interval.to, to) }))
    .filter((interval) => interval.from < interval.to);
}

/** Joins intervals that overlap or touch; a joined one keeps the other fields of its first part. */
export function union<T extends Interval>(intervals: T[]): T[] {
  const joined: T[] = [];
  for (const interval of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && interval.from <= last.to) last.to = Math.max(last.to, interval.to);
    else joined.push({ ...interval });
  }
  return joined;
}

/** The total length in milliseconds of intervals that do not overlap. */
export function lengthOf(intervals: Interval[]): number {
  return intervals.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The longest stretch of [from, to) that none of the joined intervals covers, in milliseconds. */
export function longestGap(covered: Interval[], from: number, to: number): number {
  let longest = 0;
  let free = from;
  for (const interval of clip(covered, from, to)) {
    longest = Math.max(longest, interval.from - free);
    free = interval.to;
  }
  return Math.max(longest, to - free);
}
