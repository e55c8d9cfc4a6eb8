import { type Duty, dutyBetween } from '../organisation/duty.ts';
import type { Rotation } from '../organisation/rotation.ts';
import type { Person, Schedule } from '../organisation/things.ts';
import { timestamp } from '../time.ts';
import { head, type Lens, reference } from './reference.ts';
import { peopleOf, type Rendering, schedule } from './schedule.ts';

/** A shift-based schedule as GET /v3/schedules/{id} shows it; who is on duty only with include[]=final_schedule and a range. */
export function shiftSchedule(lens: Lens, item: Schedule, rendering: Rendering): object {
  const { policies } = lens.timeline.organisation;
  const using = policies.filter(({ rules }) => rules.some(({ targets }) => targets.includes(item)));
  return {
    ...head(item),
    name: item.name,
    description: null,
    time_zone: item.zone,
    escalation_policies: using.map(reference),
    users: peopleOf(item).map(reference),
    teams: item.teams.map(reference),
    rotations: item.rotations.map((rotation, index) => rotationOf(item, rotation, index)),
    ...(rendering &&
      lens.included.has('final_schedule') && { final_schedule: finalOf(lens, item, rendering) }),
  };
}

/** A schedule of either kind as it is shown within other things: without anybody's turns. */
export function includedSchedule(lens: Lens, item: Schedule): object {
  return item.kind === 'schedule_v3' ? shiftSchedule(lens, item, null) : schedule(lens, item, null, false);
}

function rotationId({ id }: Schedule, index: number): string {
  return `R${id.slice(1)}${index}`;
}

/** Somebody on duty, or nobody. */
function member(person: Person | null): object {
  return person ? { type: 'user_member', user_id: person.id } : { type: 'empty_member' };
}

function rotationOf(item: Schedule, { people, start, days, hours }: Rotation, index: number): object {
  const id = rotationId(item, index);
  const self = `${head(item).self}/rotations/${id}`;
  const { from, to } = hours ?? { from: 0, to: 24 };
  const at = (hour: number) => ({
    date_time: timestamp(start + hour * 3_600_000, 'UTC'),
    time_zone: item.zone,
  });
  const event = {
    id: `E${id.slice(1)}`,
    type: 'schedule_event',
    name: `Turns of ${days} days`,
    start_time: at(0),
    end_time: at(to - from),
    effective_since: timestamp(start, 'UTC'),
    effective_until: null,
    recurrence: ['RRULE:FREQ=DAILY'],
    assignment_strategy: {
      type: 'rotating_member_assignment_strategy',
      shifts_per_member: days,
      members: people.map(member),
    },
  };
  return { id, type: 'schedule_rotation', self, html_url: null, events: [event] };
}

function finalOf(lens: Lens, item: Schedule, { since, until, overflow }: NonNullable<Rendering>): object {
  const stretches = item.rotations.flatMap((rotation, index) =>
    stretchesOf(item, rotation, index, since, until),
  );
  const shown = (at: number) => timestamp(at, lens.zone);
  return {
    type: 'final_schedule',
    rendered_coverage_percentage: coverage(stretches, since, until),
    computed_shift_assignments: stretches.map(({ person, start, end, isOverride, rotation }) => ({
      type: 'computed_shift_assignment',
      start_time: shown(overflow ? start : Math.max(start, since)),
      end_time: shown(overflow ? end : Math.min(end, until)),
      member: member(person),
      source: {
        type: isOverride ? 'schedule_rotation_override' : 'schedule_rotation',
        rotation_id: rotationId(item, rotation),
        ...(isOverride && {
          override_id: `O${item.id.slice(1)}${(start / 1000).toString(36).toUpperCase()}`,
        }),
      },
    })),
  };
}

interface Stretch extends Omit<Duty, 'person'> {
  person: Person | null;
  rotation: number;
}

/** The duty of one rotation, and between its hours nobody's. */
function stretchesOf(
  item: Schedule,
  rotation: Rotation,
  index: number,
  since: number,
  until: number,
): Stretch[] {
  const overridesAWeek = index === 0 ? item.overridesAWeek : 0;
  const duties = dutyBetween({ ...item, rotations: [rotation], overridesAWeek }, since, until);
  return duties.flatMap((duty, place): Stretch[] => {
    const before = duties[place - 1];
    const isGap = before !== undefined && before.end < duty.start;
    const gap = {
      person: null,
      start: before?.end ?? 0,
      end: duty.start,
      isOverride: false,
      rotation: index,
    };
    return [...(isGap ? [gap] : []), { ...duty, rotation: index }];
  });
}

/** The percentage of a range in which somebody is on duty. */
function coverage(stretches: readonly Stretch[], since: number, until: number): number {
  let covered = 0;
  let upTo = since;
  const staffed = stretches.filter(({ person }) => person !== null);
  for (const { start, end } of staffed.toSorted((a, b) => a.start - b.start)) {
    covered += Math.max(0, Math.min(end, until) - Math.max(start, upTo));
    upTo = Math.max(upTo, end);
  }
  return Math.round((covered / (until - since)) * 10_000) / 100;
}
