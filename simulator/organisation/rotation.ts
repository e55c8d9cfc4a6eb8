import { DAY, localInstant, timestamp } from '../time.ts';
import type { Person } from './things.ts';

/** One turn of duty, [start, end) in epoch ms. */
export interface Shift {
  person: Person;
  start: number;
  end: number;
}

/** What a rotation is made of: people in turn, `days` each, handing over at an hour of the zone's clock. */
export interface RotationPlan {
  people: Person[];
  zone: string;
  days: number;
  hour: number;
  /** The hours of each day, by the zone's clock, outside of which nobody is on duty; null for none. */
  hours: Hours | null;
}

/** Hours of a day, [from, to), 0 to 24. */
export interface Hours {
  from: number;
  to: number;
}

/** People taking turns without an end. */
export interface Rotation extends RotationPlan {
  /** The first handoff, epoch ms. */
  start: number;
  /** The turn that an instant falls into, within its hours; null outside of them. */
  at(instant: number): Shift | null;
  /** Whole turns, or parts of them where there are hours, that overlap [from, to); those that hold `from` where both are equal. */
  between(from: number, to: number): Shift[];
}

const FIRST_MONDAY = '2024-01-01';

/** Makes a rotation; it began on the first Monday of 2024. */
export function rotationOf(plan: RotationPlan): Rotation {
  const handoffs = new Map<number, number>();
  const handoff = (turn: number) => {
    const known = handoffs.get(turn);
    if (known !== undefined) return known;
    const instant = localInstant(plan.zone, FIRST_MONDAY, turn * plan.days, plan.hour);
    handoffs.set(turn, instant);
    return instant;
  };
  const start = handoff(0);
  const turnAt = (instant: number) => {
    const guess = Math.floor((instant - start) / (plan.days * DAY));
    if (handoff(guess) > instant) return guess - 1;
    return handoff(guess + 1) <= instant ? guess + 1 : guess;
  };
  const shift = (turn: number): Shift => {
    const { length } = plan.people;
    const person = plan.people[((turn % length) + length) % length] as Person;
    return { person, start: handoff(turn), end: handoff(turn + 1) };
  };
  const between = (from: number, to: number) => {
    const turns = [shift(turnAt(from))];
    for (let turn = turnAt(from) + 1; handoff(turn) < to; turn += 1) turns.push(shift(turn));
    const { hours } = plan;
    if (!hours) return turns;
    const parts = turns.flatMap((turn) => partsOf(turn, plan.zone, hours));
    return parts.filter((part) => overlaps(part, from, to));
  };
  return { ...plan, start, between, at: (instant) => between(instant, instant)[0] ?? null };
}

/** True for a shift that overlaps [from, to), or holds `from` where both are equal. */
export function overlaps({ start, end }: Shift, from: number, to: number): boolean {
  return start < Math.max(to, from + 1) && end > from;
}

/** The parts of a turn that lie in the hours of its days. */
function partsOf({ person, start, end }: Shift, zone: string, { from, to }: Hours): Shift[] {
  const date = timestamp(start - DAY, zone).slice(0, 10);
  const days = Math.ceil((end - start) / DAY) + 3;
  return Array.from({ length: days }, (_, day) => ({
    person,
    start: Math.max(start, localInstant(zone, date, day, from)),
    end: Math.min(end, localInstant(zone, date, day + Math.floor(to / 24), to % 24)),
  })).filter((part) => part.start < part.end);
}
