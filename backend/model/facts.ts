import { incident } from './incidents.ts';
import { maybe, of, person, type Table } from './table.ts';

/** What a contact has of its incident, so that nothing need be looked up for it; null where that cannot be read, but for the service. */
const OF_INCIDENT = {
  /** The incident's, or the entry's where that cannot be read. */
  service_id: maybe('text'),
  escalation_policy_id: maybe('text'),
  fingerprint: maybe('text'),
  category: maybe('text'),
  /** True where Pagebudget's own alerts raised it. */
  own: of('boolean'),
} as const;

/** A page: the non-e-mail notifications of one incident to one user within page_window of the first. */
export const page = {
  kind: 'fact',
  key: ['id'],
  span: 'time',
  columns: {
    /** Id of its first notify entry. */
    id: of('text'),
    incident_id: of('text'),
    user_id: person(of('text')),
    time: of('time'),
    means: of('text'),
    /** The person's wall clock at the page, written as if it were UTC. */
    local_time: of('time'),
    hour_class: of('text'),
    /** 1 = Monday. */
    weekday: of('whole'),
    hour: of('whole'),
    /** The local date on which the night of the page began (YYYY-MM-DD); null outside the sleep span. */
    night: maybe('text'),
    urgency: maybe('text'),
    priority_id: maybe('text'),
    notifications: of('whole'),
    /** True on the first page of a burst. */
    interruption: of('boolean'),
    /** End of the awake time that its notifications cause. */
    awake_until: of('time'),
    /** How long (ms) the merged stretch awake that it begins lies in its person's nights; 0 where an earlier page's stretch holds it. */
    awake_at_night: of('whole'),
    ...OF_INCIDENT,
  },
} as const satisfies Table;

/** One contact attempt, e-mails and those to nobody included; teams and the like are its incident's. */
export const notification = {
  kind: 'fact',
  key: ['id'],
  span: 'time',
  columns: {
    /** Id of the notify entry. */
    id: of('text'),
    incident_id: of('text'),
    user_id: person(maybe('text')),
    time: of('time'),
    means: of('text'),
    /** The person's wall clock; null where it went to nobody. */
    hour_class: maybe('text'),
    weekday: maybe('whole'),
    hour: maybe('whole'),
    urgency: maybe('text'),
    priority_id: maybe('text'),
    ...OF_INCIDENT,
  },
} as const satisfies Table;

const { number, status, urgency, priority_id, created_at, resolved_at } = incident.columns;
const { service_id, escalation_policy_id, alerts, merged } = incident.columns;

/** What metrics ask of an incident's present state. */
const STATE = {
  ...{ number, status, urgency, priority_id, created_at, resolved_at },
  ...{ service_id, escalation_policy_id, alerts, merged },
} as const;

/** An incident as metrics see it: its present state as in `incident`, and what is derived of it. */
export const incident_fact = {
  kind: 'fact',
  key: ['incident_id'],
  span: 'created_at',
  columns: {
    incident_id: of('text'),
    ...STATE,
    fingerprint: of('text'),
    fingerprint_title: of('text'),
    category: of('text'),
    /** Seconds to the first acknowledge by a user. */
    time_to_acknowledge: maybe('number'),
    /** Seconds from creation to resolution; null while open and for merged sources. */
    time_to_resolve: maybe('number'),
    /** user, timeout or integration; null while not resolved. */
    resolved_by: maybe('text'),
    auto_resolved: of('boolean'),
    transient: of('boolean'),
    /** yes, no or unknown. */
    actionable: of('text'),
    flapping: of('boolean'),
    /** All notifications of the incident, e-mails and those to nobody included. */
    notifications: of('whole'),
    /** Its pages, whoever they went to. */
    pages: of('whole'),
    /** True where one of them came in its person's sleep hours. */
    woke: of('boolean'),
    escalations: of('whole'),
    reassignments: of('whole'),
    /** True where one of its triggers has a link to a runbook. */
    runbook: of('boolean'),
    /** True for an incident that Pagebudget's own alerts raised. */
    own: of('boolean'),
  },
} as const satisfies Table;

/** An escalation of an incident, or a reassignment of it by a person, with the incident's present state. */
export const step = {
  kind: 'fact',
  key: ['id'],
  span: 'created_at',
  columns: {
    /** Id of its log entry. */
    id: of('text'),
    incident_id: of('text'),
    created_at: of('time'),
    /** escalation or reassignment. */
    kind: of('text'),
    ...{ status, urgency, priority_id, service_id, escalation_policy_id },
    fingerprint: of('text'),
    category: of('text'),
    resolved_by: maybe('text'),
  },
} as const satisfies Table;

/** Level 1 on-call time in pieces: of one person two pieces are the same span or do not touch, and hour class, weekday and hour are constant. */
export const shift = {
  kind: 'fact',
  key: ['user_id', 'escalation_policy_id', 'schedule_key', 'start'],
  span: 'start',
  columns: {
    user_id: person(of('text')),
    escalation_policy_id: of('text'),
    /** The schedule's id, or empty for a direct target. */
    schedule_key: of('text'),
    schedule_id: maybe('text'),
    start: of('time'),
    end: of('time'),
    hour_class: of('text'),
    weekday: of('whole'),
    hour: of('whole'),
    night: maybe('text'),
  },
} as const satisfies Table;
