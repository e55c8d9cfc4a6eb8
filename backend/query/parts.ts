import { DAY } from '../clock.ts';
import { bucketsWithin } from './buckets.ts';
import type { Group } from './collect.ts';
import type { Asked } from './groups.ts';

/** A stretch of what is asked; one that is closed tells of nothing at or after `end`. */
export interface Part extends Asked {
  end?: number;
}

/** What is older than this seldom changes any more. */
const SETTLED = 2 * DAY;

/** Fewer whole buckets than this are not worth a statement of their own. */
const WORTHWHILE = 2;

/** Divides what is asked in buckets: the cut first one, the whole ones long past, which are closed, and the rest. No bound is moved. */
export function partsOf(asked: Asked, until: number | null): Part[] {
  const { question, buckets, back } = asked;
  const { unit, list } = buckets;
  if (unit === null || until === null) return [asked];
  const first = list.findIndex(({ start }) => start >= question.from);
  const past = list.findLastIndex(({ end }) => end <= question.to && end - back <= until - SETTLED) + 1;
  if (first < 0 || past - first < WORTHWHILE) return [asked];
  const within = (begin: number, end: number): Part[] => {
    if (begin >= end) return [];
    const from = Math.max(list[begin]?.start ?? question.from, question.from);
    const to = end < list.length ? (list[end]?.start ?? question.to) : question.to;
    const part = { ...question, from, to };
    return [{ ...asked, question: part, buckets: bucketsWithin(unit, list.slice(begin, end), part) }];
  };
  const [closed] = within(first, past);
  if (!closed) return [asked];
  return [...within(0, first), { ...closed, end: closed.question.to - back }, ...within(past, list.length)];
}

/** The groups of parts that follow on each other as groups of the whole. */
export function inARow(parts: readonly Part[], groups: readonly (readonly Group[])[]): Group[] {
  const lengths = parts.map(({ buckets }) => buckets.list.length);
  const whole = new Map<string, Group>();
  groups.forEach((ofPart, index) => {
    const offset = lengths.slice(0, index).reduce((sum, length) => sum + length, 0);
    for (const { key, ids, figures } of ofPart) {
      const group = whole.get(key) ?? { key, ids, figures: unknown(lengths) };
      for (let at = 0; at < figures.length; at++) group.figures[offset + at] = figures[at];
      whole.set(key, group);
    }
  });
  return [...whole.values()];
}

const unknown = (lengths: readonly number[]): Group['figures'] =>
  new Array(lengths.reduce((sum, length) => sum + length, 0)).fill(undefined);
