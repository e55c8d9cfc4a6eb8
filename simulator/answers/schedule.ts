import type { Shift } from '../organisation/rotation.ts';
import type { Schedule } from '../organisation/things.ts';
import { DAY, timestamp } from '../time.ts';
import { head, type Lens, reference } from './reference.ts';

/** Which turns to show: null for none, else those of [since, until), cut at the bounds unless they may overflow. */
export type Rendering = { since: number; until: number; overflow: boolean } | null;

/** A schedule as GET /schedules shows it; the whole of it says who is on duty when. */
export function schedule(lens: Lens, item: Schedule, rendering: Rendering, whole: boolean): object {
  const { rotation } = item;
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
    users: rotation.people.map(reference),
    teams: item.teams.map(reference),
    ...Object.fromEntries(shown),
  };
}

function partsOf(lens: Lens, { id, rotation }: Schedule, rendering: Rendering) {
  const entries = rendering
    ? rotation.between(rendering.since, rendering.until).map((shift) => entry(lens, shift, rendering))
    : [];
  const rendered = {
    rendered_schedule_entries: entries,
    rendered_coverage_percentage: rendering ? 100 : null,
  };
  const start = timestamp(rotation.start, lens.zone);
  return {
    schedule_layers: [
      {
        id: `L${id.slice(1)}`,
        name: 'Layer 1',
        start,
        end: null,
        rotation_virtual_start: start,
        rotation_turn_length_seconds: (rotation.days * DAY) / 1000,
        users: rotation.people.map((person) => ({ user: reference(person) })),
        restrictions: [],
        ...rendered,
      },
    ],
    overrides_subschedule: {
      name: 'Overrides',
      rendered_schedule_entries: [],
      rendered_coverage_percentage: 0,
    },
    final_schedule: { name: 'Final Schedule', ...rendered },
  };
}

function entry(lens: Lens, { person, start, end }: Shift, rendering: NonNullable<Rendering>): object {
  const from = rendering.overflow ? start : Math.max(start, rendering.since);
  const to = rendering.overflow ? end : Math.min(end, rendering.until);
  return { user: reference(person), start: timestamp(from, lens.zone), end: timestamp(to, lens.zone) };
}
