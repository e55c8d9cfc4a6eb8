import { randomFor } from '../random.ts';
import { DAY, HOUR } from '../time.ts';
import { overlaps, type Shift } from './rotation.ts';
import type { Person, Rule, Schedule } from './things.ts';

/** A stretch of duty, and whether it was given to somebody out of turn. */
export interface Duty extends Shift {
  isOverride: boolean;
}

const WEEK = 7 * DAY;

/** Longest time that an override takes, ms. */
const LONGEST = DAY;

const overrides = new WeakMap<Schedule, Map<number, Duty[]>>();

/** Turns that others took over, of those that overlap [from, to), in order of time. */
export function overridesBetween(schedule: Schedule, from: number, to: number): Duty[] {
  const found: Duty[] = [];
  for (let week = Math.floor((from - LONGEST) / WEEK); week * WEEK <= to; week += 1) {
    found.push(...overridesOf(schedule, week).filter((duty) => overlaps(duty, from, to)));
  }
  return found;
}

/** Who is on duty in [from, to), in whole stretches: the turns, with overrides in their place. */
export function dutyBetween(schedule: Schedule, from: number, to: number): Duty[] {
  return schedule.rotations.flatMap((rotation, index) => {
    const turns = rotation.between(from, to).map((turn): Duty => ({ ...turn, isOverride: false }));
    if (index > 0) return turns;
    const first = Math.min(from, ...turns.map(({ start }) => start));
    const last = Math.max(to, ...turns.map(({ end }) => end));
    const taken = overridesBetween(schedule, first, last);
    const left = turns.flatMap((turn) => without(turn, taken));
    return [...left, ...taken].filter((duty) => overlaps(duty, from, to)).sort((a, b) => a.start - b.start);
  });
}

/** Who is on duty at an instant; nobody in a gap. */
export function onDutyAt(schedule: Schedule, instant: number): Person[] {
  const people = schedule.rotations.map((rotation, index) => {
    const override = index === 0 ? overridesBetween(schedule, instant, instant)[0] : undefined;
    return (override ?? rotation.at(instant))?.person;
  });
  return people.filter((person) => person !== undefined);
}

/** Who an escalation rule reaches at an instant, each person once. */
export function reachedBy(rule: Rule, instant: number): Person[] {
  const people = rule.targets.flatMap((target) =>
    target.kind === 'user' ? [target] : onDutyAt(target, instant),
  );
  return [...new Set(people)];
}

/** What is left of a turn beside what others take over. */
function without(turn: Duty, taken: readonly Duty[]): Duty[] {
  let left = [turn];
  for (const { start, end } of taken) {
    left = left.flatMap((piece) =>
      [
        { ...piece, end: Math.min(piece.end, start) },
        { ...piece, start: Math.max(piece.start, end) },
      ].filter((rest) => rest.start < rest.end),
    );
  }
  return left;
}

/** The overrides that begin in a week, one after the other. */
function overridesOf(schedule: Schedule, week: number): Duty[] {
  const known = overrides.get(schedule) ?? new Map<number, Duty[]>();
  overrides.set(schedule, known);
  const made = known.get(week) ?? drawOverrides(schedule, week);
  known.set(week, made);
  return made;
}

function drawOverrides({ id, rotations: [rotation], overridesAWeek }: Schedule, week: number): Duty[] {
  const random = randomFor('override', id, week);
  if (!rotation || rotation.people.length < 2) return [];
  const drawn: Duty[] = [];
  let free = week * WEEK;
  for (let count = random.poisson(overridesAWeek); count > 0; count -= 1) {
    const start = free + HOUR * random.whole(0, 60);
    const end = start + HOUR * random.whole(2, LONGEST / HOUR);
    if (end > (week + 1) * WEEK) return drawn;
    const others = rotation.people.filter((person) => person !== rotation.at(start)?.person);
    drawn.push({ person: random.pick(others), start, end, isOverride: true });
    free = end;
  }
  return drawn;
}
