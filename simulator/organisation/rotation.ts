import { DAY, localInstant } from '../time.ts';
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
}

/** People taking turns without an end. */
export interface Rotation extends RotationPlan {
  /** The first handoff, epoch ms. */
  start: number;
  /** The turn that an instant falls into. */
  at(instant: number): Shift;
  /** Whole turns that overlap [from, to); the one that holds `from` where both are equal. */
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
  return {
    ...plan,
    start,
    at: (instant) => shift(turnAt(instant)),
    between(from, to) {
      const shifts = [shift(turnAt(from))];
      for (let turn = turnAt(from) + 1; handoff(turn) < to; turn += 1) shifts.push(shift(turn));
      return shifts;
    },
  };
}
