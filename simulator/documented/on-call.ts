import { z } from 'zod';
import { escalationPolicy, reference, resource, slot, time, user } from './things.ts';

const percentage = z.number().min(0).max(100);
const turns = z.array(z.strictObject({ user: reference('user').nullable(), start: time, end: time }));
const rendered = { rendered_schedule_entries: turns, rendered_coverage_percentage: percentage.nullable() };
const subSchedule = z.strictObject({ name: z.string(), ...rendered });

const layer = z.strictObject({
  id: z.string(),
  name: z.string(),
  start: time,
  end: time.nullable(),
  rotation_virtual_start: time,
  rotation_turn_length_seconds: z.int().positive(),
  users: z.array(z.strictObject({ user: reference('user') })),
  restrictions: z.array(
    z.looseObject({
      type: z.enum(['daily_restriction', 'weekly_restriction']),
      start_time_of_day: z.string(),
      duration_seconds: z.int().positive(),
    }),
  ),
  ...rendered,
});

const common = {
  name: z.string(),
  description: z.string().nullable(),
  time_zone: z.string(),
  escalation_policies: z.array(reference('escalation_policy')),
  users: z.array(reference('user')),
  teams: z.array(reference('team')),
};

/** GET /schedules. */
export const schedule = resource('schedule', common);

/** GET /schedules/{id}, or the list with all of include[]. */
export const wholeSchedule = resource('schedule', {
  ...common,
  schedule_layers: z.array(layer).min(1),
  overrides_subschedule: subSchedule,
  final_schedule: subSchedule,
});

/** GET /schedules/{id}/overrides. */
export const override = z.strictObject({ id: z.string(), user: reference('user'), start: time, end: time });

const member = z.union([
  z.strictObject({ type: z.literal('user_member'), user_id: z.string() }),
  z.strictObject({ type: z.literal('empty_member') }),
]);
const source = z.looseObject({
  type: z.enum(['schedule_rotation', 'custom_shift', 'schedule_rotation_override', 'custom_shift_override']),
});

/** GET /v3/schedules/{id} with include[]=final_schedule and a range. */
export const shiftSchedule = resource('schedule_v3', {
  ...common,
  rotations: z.array(z.looseObject({ id: z.string(), type: z.literal('schedule_rotation') })).min(1),
  final_schedule: z.strictObject({
    type: z.literal('final_schedule'),
    rendered_coverage_percentage: percentage,
    computed_shift_assignments: z.array(
      z.strictObject({
        type: z.literal('computed_shift_assignment'),
        start_time: time,
        end_time: time,
        member,
        source,
      }),
    ),
  }),
});

/** GET /oncalls. */
export const onCall = z.strictObject({
  escalation_policy: slot(escalationPolicy),
  escalation_level: z.int().positive(),
  schedule: z
    .union([reference('schedule', 'schedule_v3'), schedule, resource('schedule_v3', common)])
    .nullable(),
  user: slot(user),
  start: time.nullable(),
  end: time.nullable(),
});
