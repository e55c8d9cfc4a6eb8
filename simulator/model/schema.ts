import { z } from 'zod';
import { isZone } from '../time.ts';

const share = z.number().min(0).max(1);
const weight = z.number().min(0);
const minutes = z.number().positive();
const perDay = z.number().min(0);
const zone = z.string().refine(isZone, 'must be the name of a time zone such as Europe/Berlin');

/** The longest time until PagerDuty resolves an incident by itself; usual lives are over within a day. */
const MOST_TO_RESOLVE = 16 * 60;

/** Weights by name, of which one at least counts. */
function weights<const K extends string>(names: readonly K[]) {
  return z
    .record(z.enum(names), weight)
    .refine((all) => Object.values(all).some((one) => (one as number) > 0), 'needs a weight above 0');
}

/** A span of whole numbers, both included. */
const span = (least: number, most: number) =>
  z
    .tuple([z.int().min(least).max(most), z.int().min(least).max(most)])
    .refine(([from, to]) => from <= to, 'must begin with the lesser number');

const hours = z
  .strictObject({ from: z.int().min(0).max(23), to: z.int().min(1).max(24) })
  .refine(({ from, to }) => from < to, 'must end after they begin');

const ends = z.union(
  [z.strictObject({ days_ago: z.number().min(0) }), z.strictObject({ live_hours: z.number().min(0) })],
  { error: 'must be { days_ago: ... } or { live_hours: ... }' },
);

const team = z.strictObject({
  name: z.string().min(1).max(60),
  count: z.int().min(1).max(100).default(1),
  people: z.int().min(3).max(50).default(5),
  zones: z.array(zone.nullable()).min(1),
  handoff: z.strictObject({ days: z.int().min(1).max(28), hour: z.int().min(0).max(23) }),
  hours: hours.nullable().default(null),
  schedules: z.enum(['layers', 'shifts']).default('layers'),
  ends: ends.nullable().default(null),
  services: z.record(z.string().min(1).max(60), weight),
});

const temper = z.strictObject({
  weight,
  taken: share,
  heals_minutes: minutes,
  ends: weights(['user', 'integration', 'timeout']),
  days: share,
  returns: share,
  open: share,
});

const people = z.strictObject({
  habits: weights(['swift', 'patient', 'push_only', 'pager', 'exact_below', 'exact_at', 'exact_above']),
  former: z.strictObject({ count: z.int().min(0).max(50), left_days_ago: z.number().min(0) }),
  leaving: z.strictObject({ count: z.int().min(0).max(50), live_hours: z.number().min(0) }),
  minutes_to_acknowledge: z.strictObject({ awake: minutes, asleep: minutes }),
  minutes_of_work: minutes,
  takes_hours: share,
});

const escalation = z.strictObject({
  levels: z.int().min(1).max(4),
  first_minutes: z.array(z.int().min(1).max(120)).min(1),
  further_minutes: z.int().min(1).max(120),
  repeats: z.array(z.int().min(0).max(9)).min(1),
});

const schedules = z.strictObject({ overrides_a_week: z.number().min(0).max(5) });

const services = z.strictObject({
  integrations: weights(['api', 'email', 'nagios', 'auto']),
  urgencies: weights(['high', 'low', 'severity_based', 'support_hours']),
  minutes_to_resolve: z.array(minutes.max(MOST_TO_RESOLVE).nullable()).min(1),
  minutes_to_unacknowledge: z.array(minutes.nullable()).min(1),
  problems: span(1, 15),
});

const incidents = z.strictObject({
  per_day: perDay.max(100_000),
  by_hour: z.strictObject({ night: weight, business: weight, evening: weight }),
  flapping: z.strictObject({
    per_day: perDay,
    incidents: span(1, 50),
    seconds_apart: z.array(z.int().min(1).max(3600)).min(1),
  }),
  storms: z.strictObject({
    per_day: perDay,
    incidents: span(2, 500),
    services: span(1, 20),
    seconds_apart: z.int().min(1).max(3600),
    merged: share,
  }),
  alerts: z.strictObject({ none: share, further: z.number().min(0).max(50) }),
});

const whole = z.strictObject({
  days: z.int().min(0).max(3660),
  zone,
  priorities: z.record(z.string().min(1), z.string()),
  teams: z.array(team),
  people,
  escalation,
  schedules,
  services,
  incidents,
  tempers: z.strictObject({
    genuine: temper,
    healing: temper,
    flapping: temper,
    forgotten: temper,
    noisy: temper,
  }),
  work: z.strictObject({
    further_event: share,
    note: share,
    note_of_a_bot: share,
    priority: share,
    urgency: share,
    lapse: share,
    responders: share,
    escalate: share,
    reassign: share,
    delegate: share,
    status_update: share,
    snooze: share,
    something_new: share,
    lower_priority: share,
    retitle: share,
    move: share,
  }),
  resolved: z.strictObject({ noted: share, reopened: share }),
  live: z.strictObject({
    incidents_per_minute: z.number().min(0).max(100),
    renames_per_hour: z.number().min(0).max(60),
    relocations_per_hour: z.number().min(0).max(60),
  }),
});

/** What a file that describes an account must hold once it is laid over the file it is based on. */
export const modelSchema = whole.refine(
  ({ teams, escalation: { levels } }) => levels > 1 || teams.every((each) => each.hours === null),
  {
    path: ['escalation', 'levels'],
    message: 'must be 2 or more where a team has hours, as nobody is told outside of them',
  },
);

/** The shape of an account; accounts/small.yaml says what each setting means. */
export type Model = z.infer<typeof modelSchema>;

/** The shape of one team, or of several alike. */
export type TeamModel = Model['teams'][number];
