import { maybe, of, person, personal, seen, type Table } from './table.ts';

/** An incident's present state, as PagerDuty tells it. */
export const incident = {
  kind: 'raw',
  key: ['id'],
  span: 'created_at',
  columns: {
    id: of('text'),
    number: of('whole'),
    title: of('text'),
    status: of('text'),
    urgency: of('text'),
    priority_id: maybe('text'),
    created_at: of('time'),
    resolved_at: maybe('time'),
    service_id: maybe('text'),
    escalation_policy_id: maybe('text'),
    incident_key: maybe('text'),
    /** alert_counts.all. */
    alerts: maybe('whole'),
    /** True for an incident that was merged into another. */
    merged: of('boolean'),
    url: maybe('text'),
    /** When PagerDuty last changed it. */
    updated_at: maybe('time'),
    /** PagerDuty's clock at the answer that told this. */
    seen_at: seen(),
  },
} as const satisfies Table;

/** The teams of an incident. */
export const incident_team = {
  kind: 'raw',
  key: ['incident_id', 'team_id'],
  along: 'incident',
  columns: { incident_id: of('text'), team_id: of('text') },
} as const satisfies Table;

/** An incident that log entries name and PagerDuty does not give (403, 404), with what its entries tell of it. */
export const unreadable_incident = {
  kind: 'raw',
  key: ['incident_id'],
  columns: { incident_id: of('text'), service_id: maybe('text'), status: of('whole'), seen_at: seen() },
} as const satisfies Table;

/** One step in an incident's life; of the channel only what a number needs is kept. */
export const log_entry = {
  kind: 'raw',
  key: ['id'],
  span: 'created_at',
  columns: {
    id: of('text'),
    type: of('text'),
    created_at: of('time'),
    incident_id: of('text'),
    service_id: maybe('text'),
    agent_type: maybe('text'),
    agent_id: person(personal('text')),
    /** The person notified: entry.user, else channel.notification.user. */
    user_id: person(personal('text')),
    channel_type: maybe('text'),
    /** channel.notification.type as it came. */
    notification_type: maybe('text'),
    /** channel.duration of a snooze, seconds. */
    duration: maybe('number'),
    /** Text of a note (annotate entries only). */
    note: personal('text'),
    /** Priority before a priority change; its id where PagerDuty gives one, else its name. */
    old_priority: maybe('text'),
    /** channel.incident_key of a trigger. */
    incident_key: maybe('text'),
    /** First link in a trigger's details or contexts that matches runbook_pattern. */
    runbook: maybe('text'),
    /** Links in a trigger's details and contexts, without queries, one a line: another runbook_pattern is looked for in them. */
    links: maybe('text'),
  },
} as const satisfies Table;
