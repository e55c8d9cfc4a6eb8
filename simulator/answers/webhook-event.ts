import { pastOf } from '../analytics/past.ts';
import type { Incident, LogEntry, State } from '../life/incident.ts';
import type { Service } from '../organisation/things.ts';
import { timestamp } from '../time.ts';
import type { WebhookEvent } from '../webhooks/events.ts';
import { head, reference } from './reference.ts';

const UTC = 'UTC';

/** What is sent for an event; `data` may have more put into it. */
export function webhookBody({ id, type, time, agent, subject, data }: WebhookEvent, more: object = {}) {
  return {
    event: {
      id,
      event_type: type,
      resource_type: subject.kind,
      occurred_at: new Date(time).toISOString(),
      agent: agent && reference(agent),
      client: null,
      data: { ...data, ...more },
    },
  };
}

/** An incident as it was at an instant, in the form of webhooks, which is not the one of the REST API; and the state that it shows. */
export function webhookIncident(incident: Incident, at: number): { data: object; state: State } {
  const { state, entries } = pastOf(incident, at) ?? { state: incident.birth, entries: [] };
  const reopened = entries.findLast(({ type }) => type === 'reopen');
  const { self, html_url } = head(incident);
  const data = {
    id: incident.id,
    type: 'incident',
    ...{ self, html_url },
    number: incident.number,
    status: state.status,
    incident_key: incident.key,
    created_at: timestamp(incident.createdAt, UTC),
    reopened_at: reopened ? timestamp(reopened.time, UTC) : null,
    title: state.title,
    service: reference(state.service),
    assignees: state.assignments.map(({ person }) => reference(person)),
    escalation_policy: reference(state.policy),
    teams: state.teams.map(reference),
    priority: state.priority && reference(state.priority),
    urgency: state.urgency,
    conference_bridge: null,
    resolve_reason: state.mergedInto && {
      type: 'merge_resolve_reason',
      incident: reference(state.mergedInto),
    },
    incident_type: { name: 'incident_default' },
  };
  return { data, state };
}

/** A note as webhooks show it; long ones are cut. */
export function annotation({ id, incident, channel }: LogEntry): object {
  const content = String(channel.summary ?? '');
  return { id, type: 'incident_note', incident: reference(incident), content, trimmed: false };
}

/** A service as webhooks show it. */
export function webhookService(service: Service): object {
  return {
    ...head(service),
    name: service.name,
    description: service.description,
    created_at: timestamp(service.createdAt, UTC),
    escalation_policy: reference(service.policy),
    teams: [reference(service.team)],
    alert_creation: 'create_alerts_and_incidents',
  };
}
