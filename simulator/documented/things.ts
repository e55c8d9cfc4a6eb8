import { z } from 'zod';

/** A time as PagerDuty documents it: ISO 8601 with an offset. */
export const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/);

const link = z.url().nullable();
const head = { id: z.string().min(1), summary: z.string().nullable(), self: link, html_url: link };

/** What every resource begins with. */
export function resource<Shape extends z.ZodRawShape>(type: string, shape: Shape) {
  return z.looseObject({ ...head, type: z.literal(type), ...shape });
}

/** A pointer to a resource of one of the types. */
export function reference(...types: string[]) {
  return z.strictObject({ ...head, type: z.literal(types.map((type) => `${type}_reference`)) });
}

/** A slot that holds a pointer, or with include[] the whole thing, whose type then has no suffix. */
export function slot<T extends z.ZodObject<{ type: z.ZodLiteral<string> }>>(whole: T) {
  return z.union([reference(whole.shape.type.value), whole]);
}

/** GET /teams. */
export const team = resource('team', {
  name: z.string().max(100),
  description: z.string().max(1024).nullable(),
  default_role: z.enum(['manager', 'none']),
});

/** GET /priorities. */
export const priority = resource('priority', { name: z.string(), description: z.string() });

const METHODS = ['email', 'phone', 'push_notification', 'sms', 'whatsapp'].map(
  (name) => `${name}_contact_method`,
);
const contactMethod = z.looseObject({
  ...head,
  type: z.enum(METHODS),
  label: z.string(),
  address: z.string(),
});
const notificationRule = resource('assignment_notification_rule', {
  start_delay_in_minutes: z.int().min(0),
  urgency: z.enum(['high', 'low']),
  contact_method: reference(...METHODS),
});

/** GET /users. */
export const user = resource('user', {
  name: z.string().max(100),
  email: z.email().max(100),
  time_zone: z.string().nullable(),
  color: z.string(),
  role: z.enum([
    'admin', 'limited_user', 'observer', 'owner', 'read_only_user', 'restricted_access', 'read_only_limited_user', 'user',
  ]), // biome-ignore format: a list of names reads better in rows
  avatar_url: link,
  description: z.string().nullable(),
  invitation_sent: z.boolean(),
  job_title: z.string().max(100).nullable(),
  teams: z.array(slot(team)),
  contact_methods: z.array(z.union([reference(...METHODS), contactMethod])),
  notification_rules: z.array(z.union([reference('assignment_notification_rule'), notificationRule])),
});

const seconds = z.int().positive().nullable();
const constant = z.strictObject({
  type: z.literal('constant'),
  urgency: z.enum(['high', 'low', 'severity_based']),
});
const clockTime = z.string().regex(/^\d\d:\d\d:\d\d$/);

const INTEGRATIONS = [
  'events_api_v2', 'generic_email', 'generic_events_api', 'nagios', 'event_transformer_api',
].map((name) => `${name}_inbound_integration`); // biome-ignore format: a list of names reads better in rows
const integration = z.looseObject({
  ...head,
  type: z.enum(INTEGRATIONS),
  name: z.string(),
  created_at: time,
});

const TARGETS = ['user', 'schedule', 'schedule_v3'];

/** GET /escalation_policies; the strategy is an object in answers, though the schema says that it is a string. */
export const escalationPolicy = resource('escalation_policy', {
  name: z.string(),
  description: z.string().nullable(),
  num_loops: z.int().min(0),
  on_call_handoff_notifications: z.enum(['if_has_services', 'always']),
  escalation_rules: z
    .array(
      z.looseObject({
        id: z.string(),
        escalation_delay_in_minutes: z.int().positive(),
        targets: z
          .array(z.union([reference(...TARGETS), z.looseObject({ ...head, type: z.enum(TARGETS) })]))
          .min(1)
          .max(10),
      }),
    )
    .min(1),
  services: z.array(z.union([reference('service'), z.looseObject({ ...head, type: z.literal('service') })])),
  teams: z.array(slot(team)).max(1),
});

/** GET /services. */
export const service = resource('service', {
  name: z.string(),
  description: z.string().nullable(),
  created_at: time,
  status: z.enum(['active', 'warning', 'critical', 'maintenance', 'disabled']),
  last_incident_timestamp: time.nullable(),
  auto_resolve_timeout: seconds,
  acknowledgement_timeout: seconds,
  incident_urgency_rule: z.union([
    constant,
    z.strictObject({
      type: z.literal('use_support_hours'),
      during_support_hours: constant,
      outside_support_hours: constant,
    }),
  ]),
  support_hours: z
    .strictObject({
      type: z.literal('fixed_time_per_day'),
      time_zone: z.string(),
      days_of_week: z.array(z.int().min(1).max(7)),
      start_time: clockTime,
      end_time: clockTime,
    })
    .nullable(),
  scheduled_actions: z.array(
    z.looseObject({ type: z.literal('urgency_change'), to_urgency: z.literal('high') }),
  ),
  escalation_policy: slot(escalationPolicy),
  teams: z.array(slot(team)),
  integrations: z.array(z.union([reference(...INTEGRATIONS), integration])),
  addons: z.array(z.unknown()),
});

/** GET /teams/{id}/members. */
export const member = z.strictObject({
  user: slot(user),
  role: z.enum(['manager', 'responder', 'observer']),
});

/** GET /maintenance_windows. */
export const maintenanceWindow = resource('maintenance_window', {
  sequence_number: z.int().positive(),
  start_time: time,
  end_time: time,
  description: z.string().nullable(),
  created_by: slot(user).nullable(),
  services: z.array(slot(service)).min(1),
  teams: z.array(slot(team)),
});
