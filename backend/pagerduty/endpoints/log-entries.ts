import { z } from 'zod';
import type { RowOf } from '../../model/index.ts';
import { endpoint } from './endpoint.ts';
import { instant, isUser, listOf, mentionsOf, type Reference, reference } from './fields.ts';
import { incidentItem, readIncident } from './incidents.ts';
import { addReading, emptyReading, type ReadContext, type Reading } from './reading.ts';
import { findLinks, findRunbook } from './runbook.ts';

const channel = z.object({
  type: z.string().nullish(),
  summary: z.unknown().optional(),
  details: z.unknown().optional(),
  duration: z.coerce.number().nullish().catch(null),
  incident_key: z.string().nullish().catch(null),
  notification: z.object({ type: z.string().nullish(), user: reference.nullish().catch(null) }).nullish(),
  old_priority: z.union([z.string(), reference.partial()]).nullish().catch(null),
});

/** An incident is read by itself, as it may be a mere reference. */
function hasId(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}

const entryItem = z.object({
  id: z.string(),
  type: z.string(),
  created_at: instant,
  agent: reference.nullish().catch(null),
  user: reference.nullish().catch(null),
  channel: channel.nullish().catch(null),
  contexts: z.unknown().optional(),
  event_details: z.unknown().optional(),
  service: reference.nullish(),
  teams: listOf(reference),
  incident: z.custom<{ id: string; type?: unknown }>(hasId),
});

type Entry = z.infer<typeof entryItem>;

/** Types that the schema or public code name; entries of any other type are kept and counted. */
export const KNOWN_TYPES = [
  'trigger',
  'acknowledge',
  'acknowledgement',
  'unacknowledge',
  'resolve',
  'assign',
  'reassign',
  'escalate',
  'delegate',
  'notify',
  'annotate',
  'snooze',
  'repeat_escalation_path',
  'exhaust_escalation_path',
  'reach_ack_limit',
  'reach_trigger_limit',
  'urgency_change',
  'priority_change',
  'status_update',
  'responder_request',
  'responder_request_for_escalation_policy',
  'field_value_change',
  'custom_field_value_change',
  'event_rule_action',
  'merge',
  'link',
  'unlink',
].map((stem) => `${stem}_log_entry`);

/** Agents that the schema or public code name, whole or as references. */
export const KNOWN_AGENTS = [
  'user',
  'bot_user',
  'service',
  'integration',
  'events_api_v2_inbound_integration',
  'generic_events_api_inbound_integration',
  'generic_email_inbound_integration',
  'nagios_inbound_integration',
].flatMap((kind) => [kind, `${kind}_reference`]);

/** Channels that the schema or public code name. */
export const KNOWN_CHANNELS = [
  'auto',
  'email',
  'api',
  'nagios',
  'timeout',
  'sms',
  'website',
  'web_trigger',
  'note',
  'mobile',
];

/** Means of notification that the schema names. */
export const KNOWN_NOTIFICATIONS = ['sms', 'email', 'phone', 'push'].map((means) => `${means}_notification`);

/** GET /log_entries: every step of every incident by its own time, with channels and incidents whole. */
export const logEntries = endpoint({
  path: '/log_entries',
  list: 'log_entries',
  scope: 'incidents.read',
  parameters: [
    ['include[]', 'incidents'],
    ['include[]', 'channels'],
  ],
  item: entryItem,
  read: readEntry,
});

function readEntry(entry: Entry, context: ReadContext): Reading {
  const reading = emptyReading();
  const { id: incident_id } = entry.incident;
  const notified =
    entry.type === 'notify_log_entry' ? (entry.user ?? entry.channel?.notification?.user) : null;
  addReading(reading, {
    rows: { log_entry: [rowOf(entry, notified, context)] },
    mentions: mentionsOf(
      ['user', isUser(entry.agent) ? entry.agent : null],
      ['user', notified],
      ['service', entry.service],
      ...entry.teams.map((team) => ['team', team] as const),
    ),
    entryTeams: new Map(
      entry.teams.map(({ id: team_id }) => [`${incident_id} ${team_id}`, { incident_id, team_id }]),
    ),
  });
  const incident = entry.incident.type === 'incident' ? incidentItem.safeParse(entry.incident) : null;
  if (incident?.success) addReading(reading, readIncident(incident.data, context));
  return reading;
}

function rowOf(
  entry: Entry,
  notified: Reference | null | undefined,
  context: ReadContext,
): RowOf<'log_entry'> {
  const { type } = entry;
  const said = entry.channel?.summary;
  return {
    id: entry.id,
    type,
    created_at: entry.created_at,
    incident_id: entry.incident.id,
    service_id: entry.service?.id ?? null,
    agent_type: entry.agent?.type ?? null,
    agent_id: entry.agent?.id ?? null,
    user_id: notified?.id ?? null,
    channel_type: entry.channel?.type ?? null,
    notification_type: entry.channel?.notification?.type ?? null,
    duration: type === 'snooze_log_entry' ? (entry.channel?.duration ?? null) : null,
    note: type === 'annotate_log_entry' && typeof said === 'string' ? said : null,
    old_priority: oldPriority(entry),
    incident_key: type === 'trigger_log_entry' ? (entry.channel?.incident_key ?? null) : null,
    ...(type === 'trigger_log_entry' ? linksOf(entry, context) : { runbook: null, links: null }),
  };
}

function oldPriority(entry: Entry): string | null {
  const old = entry.channel?.old_priority;
  return typeof old === 'string' ? old : (old?.id ?? old?.name ?? old?.summary ?? null);
}

function linksOf(entry: Entry, context: ReadContext): Pick<RowOf<'log_entry'>, 'runbook' | 'links'> {
  const places = [entry.channel?.details, entry.contexts, entry.event_details];
  return {
    runbook: findRunbook(context.runbookPattern, ...places),
    links: findLinks(...places).join('\n') || null,
  };
}
