import { DAY, HOUR, MINUTE } from '../../clock.ts';
import { placeIn } from './sorted.ts';

/** What decides whether an incident flaps: creation and open time, ms; endless (Infinity) while open. */
export interface Occurrence {
  created_at: number;
  open: number;
}

const IN_AN_HOUR = 3;
const IN_A_DAY = 5;
const MEDIAN_UNDER = 15 * MINUTE;
const FOLLOWS_WITHIN = HOUR;

/** Incidents of a fingerprint share a window where they are at most `reach` ms apart, and follow where it is `link` ms. */
export const INFLUENCE = { reach: DAY - 1, link: FOLLOWS_WITHIN - 1 };

/** Which of one fingerprint's incidents flap; they come by created_at. */
export function flappingOf(occurrences: readonly Occurrence[]): boolean[] {
  const flaps = occurrences.map(() => false);
  markWindows(occurrences, flaps, HOUR, (open) => open.length >= IN_AN_HOUR);
  markWindows(occurrences, flaps, DAY, (open) => open.length >= IN_A_DAY && median(open) < MEDIAN_UNDER);
  for (let i = 1; i < flaps.length; i++) {
    const before = occurrences[i - 1]?.created_at ?? Number.NaN;
    const created = occurrences[i]?.created_at ?? Number.NaN;
    if (flaps[i - 1] && created - before < FOLLOWS_WITHIN) flaps[i] = true;
  }
  return flaps;
}

/** Marks all in each trailing window (t - length, t] whose sorted open times satisfy `holds`. */
function markWindows(
  occurrences: readonly Occurrence[],
  flaps: boolean[],
  length: number,
  holds: (open: readonly number[]) => boolean,
): void {
  const open: number[] = [];
  let start = 0;
  let marked = 0;
  for (const [i, { created_at, open: time }] of occurrences.entries()) {
    open.splice(placeIn(open, time), 0, time);
    if (occurrences[i + 1]?.created_at === created_at) continue;
    for (let first = occurrences[start]; first && first.created_at <= created_at - length; ) {
      open.splice(placeIn(open, first.open), 1);
      start += 1;
      first = occurrences[start];
    }
    if (!holds(open)) continue;
    flaps.fill(true, Math.max(start, marked), i + 1);
    marked = i + 1;
  }
}

function median(sorted: readonly number[]): number {
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
