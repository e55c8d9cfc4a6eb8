import { dutyBetween, overridesBetween } from '../organisation/duty.ts';
import type { Rotation, Shift } from '../organisation/rotation.ts';
import type { Schedule } from '../organisation/things.ts';
import { DAY, timestamp } from '../time.ts';
import { head, type Lens, reference } from './reference.ts';

/** Which turns to show: null for none, else those of [since, until), cut at the bounds unless they may overflow. */
export type Rendering = { since: number; until: number; overflow: boolean } | null;

/** A schedule as GET /schedules shows it; the whole of it says who is on duty when. */
export function schedule(lens: Lens, item: Schedule, rendering: Rendering, whole: boolean): object {
  const { policies } = lens.timeline.organisation;
  const using = policies.filter(({ rules }) => rules.some(({ targets }) => targets.includes(item)));
  const parts = partsOf(lens, item, rendering);
  const shown = Object.entries(parts).filter(([name]) => whole || lens.included.has(name));
  return {
    ...head(item),
    name: item.name,
    description: null,
    time_zone: item.zone,
    escalation_policies: using.map(reference),
    users: peopleOf(item).map(reference),
    teams: item.teams.map(reference),
    ...Object.fromEntries(shown),
  };
}

/** Everybody who takes turns on a schedule. */
export function peopleOf({ rotations }: Schedule) {
  return [...new Set(rotations.flatMap(({ people }) => people))];
}

/** The overrides of a schedule in a time, as GET /schedules/{id}/overrides shows them. */
export function overrides(lens: Lens, item: Schedule, rendering: NonNullable<Rendering>): object[] {
  const found = overridesBetween(item, rendering.since, rendering.until);
  return found.map((duty) => ({
    id: `O${item.id.slice(1)}${(duty.start / 1000).toString(36).toUpperCase()}`,
    ...shown(lens, duty, rendering),
  }));
}

function partsOf(lens: Lens, item: Schedule, rendering: Rendering) {
  const rendered = (shifts: (from: number, to: number) => Shift[]) => renderedOf(lens, rendering, shifts);
  return {
    schedule_layers: item.rotations.map((rotation, index) => ({
      ...layer(lens, item, rotation, index),
      ...rendered(rotation.between),
    })),
    overrides_subschedule: {
      name: 'Overrides',
      ...rendered((from, to) => overridesBetween(item, from, to)),
    },
    final_schedule: { name: 'Final Schedule', ...rendered((from, to) => dutyBetween(item, from, to)) },
  };
}

function layer(
  lens: Lens,
  { id }: Schedule,
  { people, start, days, hours }: Rotation,
  index: number,
): object {
  const begin = timestamp(start, lens.zone);
  return {
    id: `L${id.slice(1, -1)}${index}`,
    name: `Layer ${index + 1}`,
    start: begin,
    end: null,
    rotation_virtual_start: begin,
    rotation_turn_length_seconds: (days * DAY) / 1000,
    users: people.map((person) => ({ user: reference(person) })),
    restrictions: hours ? [restriction(hours)] : [],
  };
}

function restriction({ from, to }: NonNullable<Rotation['hours']>): object {
  const start = `${String(from).padStart(2, '0')}:00:00`;
  return { type: 'daily_restriction', start_time_of_day: start, duration_seconds: (to - from) * 3600 };
}

function renderedOf(lens: Lens, rendering: Rendering, shifts: (from: number, to: number) => Shift[]) {
  if (!rendering) return { rendered_schedule_entries: [], rendered_coverage_percentage: null };
  const { since, until } = rendering;
  const found = shifts(since, until);
  const covered = found.reduce((sum, one) => sum + Math.min(one.end, until) - Math.max(one.start, since), 0);
  return {
    rendered_schedule_entries: found.map((shift) => shown(lens, shift, rendering)),
    rendered_coverage_percentage: Math.round((covered / (until - since)) * 10_000) / 100,
  };
}

function shown(lens: Lens, { person, start, end }: Shift, rendering: NonNullable<Rendering>): object {
  const { since, until, overflow } = rendering;
  return {
    user: reference(person),
    start: timestamp(overflow ? start : Math.max(start, since), lens.zone),
    end: timestamp(overflow ? end : Math.min(end, until), lens.zone),
  };
}
