import type { Hours } from '../../calendar/hours.ts';
import { DAY, HOUR, MINUTE } from '../../clock.ts';
import type { RowOf } from '../index.ts';
import { type Person, wallClockFacts } from './person.ts';
import { placeIn } from './sorted.ts';

/** A span [from, until) of instants, epoch ms. */
export interface Span {
  from: number;
  until: number;
}

type OnCall = RowOf<'on_call'>;
type Shift = RowOf<'shift'>;

/** A piece of time in which everything on the person's wall clock but the minutes stays the same. */
type Piece = Pick<Shift, 'start' | 'end' | 'hour_class' | 'weekday' | 'hour' | 'night'>;

/**
 * One person's level 1 on-call time inside `within`, in pieces: cut at the bounds of all their level 1 entries, at the
 * whole hours and the limits of hour classes on their wall clock, and where its offset changes. So two pieces are the
 * same span or do not touch. Entries without start or end reach to the bounds of `within`.
 */
export function shiftsOf(entries: readonly OnCall[], person: Person, within: Span): Shift[] {
  const duties = entries
    .filter((entry) => entry.level === 1)
    .map((entry) => ({ entry, ...clip(entry, within) }))
    .filter(({ from, until }) => from < until);
  const pieces = piecesOf(duties, person);
  const starts = pieces.map(({ start }) => start);
  const shifts = new Map<string, Shift>();
  for (const { entry, from, until } of duties) {
    for (let i = placeIn(starts, from); i < pieces.length; i++) {
      const piece = pieces[i];
      if (!piece || piece.start >= until) break;
      const { user_id, escalation_policy_id, schedule_id } = entry;
      const schedule_key = schedule_id ?? '';
      const key = `${escalation_policy_id} ${schedule_key} ${piece.start}`;
      shifts.set(key, { user_id, escalation_policy_id, schedule_key, schedule_id, ...piece });
    }
  }
  return [...shifts.values()];
}

function clip({ start, end }: OnCall, within: Span): Span {
  return {
    from: Math.max(start ?? Number.NEGATIVE_INFINITY, within.from),
    until: Math.min(end ?? Number.POSITIVE_INFINITY, within.until),
  };
}

/** The pieces of the time that any of the duties covers, in order. */
function piecesOf(duties: readonly Span[], person: Person): Piece[] {
  const bounds = duties.flatMap(({ from, until }) => [from, until]);
  const limits = dayLimits(person.hours);
  return union(duties).flatMap((stretch) =>
    offsetSpans(person, stretch).flatMap(({ from, until, offset }) => {
      const inside = (at: number) => at > from && at < until;
      const cuts = [...bounds.filter(inside), ...clockCuts(from, until, offset, limits).filter(inside)];
      const instants = [...new Set([from, ...cuts, until])].sort((a, b) => a - b);
      return instants.slice(1).map((end, i) => pieceOf(instants[i] ?? end, end, offset, person.hours));
    }),
  );
}

function pieceOf(start: number, end: number, offset: number, hours: Hours): Piece {
  const { hour_class, weekday, hour, night } = wallClockFacts(start + offset, hours);
  return { start, end, hour_class, weekday, hour, night };
}

function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until);
    else merged.push({ from: span.from, until: span.until });
  }
  return merged;
}

/** The stretches of one offset of the person's wall clock, through all the zones that they lived in. */
function offsetSpans({ zones }: Person, { from, until }: Span): (Span & { offset: number })[] {
  return zones.flatMap(({ since, zone }, i) => {
    const next = zones[i + 1]?.since ?? Number.POSITIVE_INFINITY;
    const [start, end] = [Math.max(from, since), Math.min(until, next)];
    if (start >= end) return [];
    return zone.spans(start, end).map((span) => ({ from: span.from, until: span.to, offset: span.offset }));
  });
}

/** Ms into the local day at which the hour or the hour class may change, ascending. */
function dayLimits({ sleep, business }: Hours): number[] {
  const minutes = [sleep.from, sleep.to, business.from, business.to];
  const hours = Array.from({ length: 24 }, (_, hour) => hour * HOUR);
  return [...new Set([...hours, ...minutes.map((minute) => minute * MINUTE)])].sort((a, b) => a - b);
}

function clockCuts(from: number, until: number, offset: number, limits: readonly number[]): number[] {
  const cuts: number[] = [];
  for (let day = Math.floor((from + offset) / DAY) * DAY; day < until + offset; day += DAY) {
    for (const limit of limits) cuts.push(day + limit - offset);
  }
  return cuts;
}
