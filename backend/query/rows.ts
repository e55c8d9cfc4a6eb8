import type { Notice } from '../contract.ts';
import { MOST_POINTS } from './collect.ts';

/** Most rows that one answer holds. */
export const MOST_ROWS = 10_000;

/** Most lines that one answer draws. */
export const MOST_SERIES = 1000;

/** Most things that one answer draws, each with so many lines of so many points. */
export function mostDrawn(lines: number, points: number): number {
  return Math.floor(Math.min(MOST_SERIES, MOST_POINTS / Math.max(1, points)) / lines);
}

/** At most `limit` of the items; where that cuts, a notice gives the full count. */
export function cut<T>(
  items: readonly T[],
  limit: number | undefined,
  what: string,
  ever = MOST_ROWS,
): { kept: readonly T[]; notices: Notice[] } {
  const { most, notices } = cutAt(items.length, limit, what, ever);
  return { kept: items.slice(0, most), notices };
}

/** How many of all may be shown, `ever` at most, with a notice that gives the full count where that is fewer. */
export function cutAt(
  all: number,
  limit: number | undefined,
  what: string,
  ever = MOST_ROWS,
): { most: number; notices: Notice[] } {
  const most = Math.min(limit ?? ever, ever, all);
  if (most === all) return { most, notices: [] };
  const advice = most < ever ? 'raise the limit, or narrow the filters' : 'narrow the filters';
  const text = `Showing ${most} of ${all} ${what}: ${advice} or the range to see the others.`;
  return { most, notices: [{ severity: 'warning', text }] };
}
