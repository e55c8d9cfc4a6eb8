import { unitsBetween } from './budget.ts';

/** A turn on call at level 1 of a schedule; instants are epoch milliseconds. */
export interface Turn {
  user_id: string;
  schedule_id: string;
  start: number;
  end: number;
}

/** One slice of a turn with what was used in it; null where that is not known. */
export interface Slice extends Turn {
  used: number | null;
  allowed: number;
  over: boolean | null;
}

/** What turns are judged by. */
export interface SliceUse {
  allowed: number;
  /** How long a slice is, milliseconds; the last of a turn may be shorter. */
  length: number;
  /** Ascending instants at which a unit went to the person. */
  unitsOf(user: string): readonly number[];
  /** The span of time that is harvested. */
  known: { from: number; until: number };
}

/** Turns cut every `length` from their start, those slices that begin in [from, to), each with what was used of its allowance. */
export function slicesOf(turns: readonly Turn[], use: SliceUse, from: number, to: number): Slice[] {
  return turns
    .flatMap((turn) => cut(turn, use.length, from, to))
    .map((slice) => {
      const known = slice.start >= use.known.from && slice.start < use.known.until;
      const used = known ? unitsBetween(use.unitsOf(slice.user_id), slice.start, slice.end) : null;
      return { ...slice, used, allowed: use.allowed, over: used === null ? null : used > use.allowed };
    });
}

/** How many slices that begin in [from, to) a turn has. */
export function sliceCount(turn: Turn, length: number, from: number, to: number): number {
  return Math.max(
    0,
    Math.ceil((Math.min(to, turn.end) - turn.start) / length) - firstSlice(turn, length, from),
  );
}

const firstSlice = (turn: Turn, length: number, from: number) =>
  Math.max(0, Math.ceil((from - turn.start) / length));

function cut(turn: Turn, length: number, from: number, to: number): Turn[] {
  const first = firstSlice(turn, length, from);
  const count = sliceCount(turn, length, from, to);
  return Array.from({ length: count }, (_, index) => {
    const start = turn.start + (first + index) * length;
    return { ...turn, start, end: Math.min(start + length, turn.end) };
  });
}
