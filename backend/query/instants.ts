import { bucketsOf, unitFor } from '../calendar/buckets.ts';
import type { Notice } from '../contract.ts';
import { AppError } from '../errors.ts';
import { MOST_BUCKETS } from './buckets.ts';
import type { Question } from './question.ts';
import { cutAt, MOST_SERIES, mostDrawn } from './rows.ts';

/** The starts of buckets in a question's range up to `until`, as many as the panel has room for, and the last instant that is told; none where the range begins later. */
export function instantsIn(question: Question, until: number): number[] {
  const { from, to } = question;
  const starts = startsIn(question, from, to);
  const end = Math.min(to, until);
  if (end < from) return [];
  return [...starts.filter((start) => start >= from && start < end), end];
}

/** The starts of the buckets that overlap [from, to), as many as the panel has room for; throws AppError `invalid_query` where there would be too many. */
export function startsIn({ zone, intervalMs, maxDataPoints }: Question, from: number, to: number): number[] {
  const unit = unitFor(intervalMs, maxDataPoints, from, to, zone);
  const starts = bucketsOf(zone, unit, from, to).map(({ start }) => start);
  if (starts.length > MOST_BUCKETS) {
    throw new AppError(
      'invalid_query',
      `every ${unit} gives ${starts.length} instants, more than ${MOST_BUCKETS}: choose a larger intervalMs, a smaller maxDataPoints or a shorter range`,
    );
  }
  return starts;
}

/** Of things drawn over time as many as one answer holds, each with its instants; where that cuts, a notice gives the full count. */
export function drawnOverTime<T>(
  things: readonly T[],
  instantsOf: (thing: T) => readonly number[],
  { lines, limit, what }: { lines: number; limit: number | undefined; what: string },
): { drawn: { thing: T; instants: readonly number[] }[]; notices: Notice[] } {
  const possible = things
    .slice(0, Math.min(limit ?? MOST_SERIES, MOST_SERIES))
    .map((thing) => ({ thing, instants: instantsOf(thing) }));
  const points = possible.reduce((longest, { instants }) => Math.max(longest, instants.length), 0);
  const { most, notices } = cutAt(things.length, limit, what, mostDrawn(lines, points));
  return { drawn: possible.slice(0, most), notices };
}
