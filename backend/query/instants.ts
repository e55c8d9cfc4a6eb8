import { bucketsOf, unitFor } from '../calendar/buckets.ts';
import type { Question } from './question.ts';

/** The starts of buckets in a question's range up to `until`, as many as the panel has room for, and the last instant that is told. */
export function instantsIn(question: Question, until: number): number[] {
  const { from, to, zone, intervalMs, maxDataPoints } = question;
  const end = Math.min(to, until);
  if (end < from) return [];
  const unit = unitFor(intervalMs, maxDataPoints, from, to, zone);
  const starts = bucketsOf(zone, unit, from, to).map(({ start }) => start);
  return [...starts.filter((start) => start >= from && start < end), end];
}
