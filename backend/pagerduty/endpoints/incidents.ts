import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { instant, listOf, mentionsOf, reference } from './fields.ts';
import type { ReadContext, Reading } from './reading.ts';

/** An incident as PagerDuty gives it, in lists, singly, or included in a log entry. */
export const incidentItem = z.object({
  id: z.string(),
  incident_number: z.number(),
  title: z.string().nullish(),
  summary: z.string().nullish(),
  status: z.string(),
  urgency: z.string(),
  priority: reference.nullish(),
  created_at: instant,
  resolved_at: instant.nullish(),
  service: reference.nullish(),
  escalation_policy: reference.nullish(),
  incident_key: z.string().nullish(),
  alert_counts: z.object({ all: z.number().nullish() }).nullish(),
  resolve_reason: z.object({ type: z.string().nullish() }).nullish(),
  teams: listOf(reference),
  updated_at: instant.nullish().catch(null),
  html_url: z.string().nullish(),
});

/** GET /incidents: present states by time of creation; one request spans at most six months. */
export const incidents = endpoint({
  path: '/incidents',
  list: 'incidents',
  scope: 'incidents.read',
  item: incidentItem,
  read: readIncident,
});

/** What an incident tells, by the answer that `context` is of. */
export function readIncident(item: z.infer<typeof incidentItem>, context: ReadContext): Partial<Reading> {
  const row = {
    id: item.id,
    number: item.incident_number,
    title: item.title ?? item.summary ?? '',
    status: item.status,
    urgency: item.urgency,
    priority_id: item.priority?.id ?? null,
    created_at: item.created_at,
    resolved_at: item.resolved_at ?? null,
    service_id: item.service?.id ?? null,
    escalation_policy_id: item.escalation_policy?.id ?? null,
    incident_key: item.incident_key ?? null,
    alerts: item.alert_counts?.all ?? null,
    merged: item.resolve_reason?.type === 'merge_resolve_reason',
    url: item.html_url ?? null,
    updated_at: item.updated_at ?? null,
    seen_at: context.at,
  };
  return {
    incidents: new Map([[item.id, { row, teams: item.teams.map((team) => team.id) }]]),
    mentions: mentionsOf(
      ['priority', item.priority],
      ['service', item.service],
      ['escalation_policy', item.escalation_policy],
      ...item.teams.map((team) => ['team', team] as const),
    ),
  };
}
