import { z } from 'zod';
import {
  escalationPolicy,
  priority,
  reference,
  resource,
  service,
  slot,
  team,
  time,
  user,
} from './things.ts';

/** The types of log entries that the schema names, with `acknowledge` for its constant `acknowledgement`. */
const DOCUMENTED = [
  'trigger', 'acknowledge', 'unacknowledge', 'resolve', 'assign', 'escalate', 'delegate', 'notify', 'annotate', 'snooze',
  'repeat_escalation_path', 'exhaust_escalation_path', 'reach_ack_limit', 'reach_trigger_limit', 'urgency_change',
  'field_value_change', 'custom_field_value_change',
].map((name) => `${name}_log_entry`); // biome-ignore format: a list of names reads better in rows

/** True for a type that the schema names. */
export function isDocumented(type: string): boolean {
  return DOCUMENTED.includes(type);
}

const agent = z.union([reference('user', 'service', 'integration'), user, service]);
const link = z.url().nullable();
const head = { id: z.string().min(1), summary: z.string().nullable(), self: link, html_url: link };
const entryType = z.string().regex(/_log_entry$/);
const entryReference = z.strictObject({ ...head, type: z.literal('trigger_log_entry_reference') });

const common = {
  created_at: time,
  agent: agent.nullable(),
  /** Loose, as the schema's Channel fits nothing that is real. */
  channel: z.looseObject({ type: z.string() }),
  service: slot(service),
  teams: z.array(slot(team)),
  contexts: z.array(z.looseObject({ type: z.enum(['link', 'image']) })),
  user: reference('user').optional(),
  assignees: z.array(reference('user')).optional(),
  note: z.string().optional(),
  event_details: z.looseObject({}).optional(),
  acknowledgement_timeout: z.int().nullable().optional(),
  changed_actions: z.array(z.looseObject({ type: z.string(), at: time })).optional(),
};

const firstTrigger = z.union([
  entryReference,
  z.looseObject({
    ...head,
    type: z.literal('trigger_log_entry'),
    ...common,
    incident: reference('incident'),
  }),
]);

const count = z.int().min(0);
const status = z.enum(['triggered', 'acknowledged', 'resolved']);

/** GET /incidents. */
export const incident = resource('incident', {
  incident_number: z.int().positive(),
  title: z.string(),
  created_at: time,
  updated_at: time,
  status,
  incident_key: z.string().nullable(),
  service: slot(service),
  assignments: z.array(z.strictObject({ at: time, assignee: slot(user) })),
  assigned_via: z.enum(['escalation_policy', 'direct_assignment']),
  last_status_change_at: time,
  last_status_change_by: agent.nullable(),
  resolved_at: time.nullable(),
  first_trigger_log_entry: firstTrigger,
  alert_counts: z.strictObject({ triggered: count, resolved: count, all: count }),
  is_mergeable: z.boolean(),
  incident_type: z.looseObject({ name: z.string() }),
  escalation_policy: slot(escalationPolicy),
  teams: z.array(slot(team)),
  pending_actions: z.array(
    z.looseObject({ type: z.enum(['unacknowledge', 'escalate', 'resolve', 'urgency_change']), at: time }),
  ),
  acknowledgements: z.array(z.strictObject({ at: time, acknowledger: agent })),
  alert_grouping: z.looseObject({}).nullable(),
  priority: slot(priority).nullable(),
  resolve_reason: z
    .strictObject({ type: z.literal('merge_resolve_reason'), incident: reference('incident') })
    .nullable(),
  incidents_responders: z.array(z.unknown()),
  responder_requests: z.array(z.unknown()),
  urgency: z.enum(['high', 'low']),
});

/** GET /log_entries. */
export const logEntry = z.looseObject({ ...head, type: entryType, ...common, incident: slot(incident) });

/** GET /incidents/{id}/alerts. */
export const alert = resource('alert', {
  created_at: time,
  status: z.enum(['triggered', 'resolved']),
  alert_key: z.string(),
  service: slot(service),
  first_trigger_log_entry: firstTrigger,
  incident: slot(incident).nullable(),
  suppressed: z.boolean(),
  severity: z.enum(['info', 'warning', 'error', 'critical']),
  integration: z.looseObject({ id: z.string(), type: z.string().regex(/_integration_reference$/) }),
  body: z.looseObject({ type: z.literal('alert_body'), contexts: z.array(z.unknown()) }),
});

/** GET /incidents/{id}/notes. */
export const note = z.strictObject({
  id: z.string(),
  user: reference('user', 'bot_user').nullable(),
  channel: z.looseObject({ summary: z.string() }),
  content: z.string(),
  created_at: time,
  updated_at: time,
});

/** GET /notifications; contact methods newer than the schema bring types of their own. */
export const notification = z.looseObject({
  id: z.string(),
  type: z.string().regex(/_notification$/),
  started_at: time,
  address: z.string().nullable(),
  user: slot(user).nullable(),
  status: z.string(),
});
