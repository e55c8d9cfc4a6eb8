import { maybe, of, person, personal, seen, type Table } from './table.ts';

/** People, also deleted ones that only log entries name. */
export const user = {
  kind: 'raw',
  key: ['id'],
  columns: {
    id: person(of('text')),
    name: personal('text'),
    url: personal('text'),
    /** Keyed hash of the lower-cased login e-mail. */
    email_hash: personal('text'),
    /** True while the directory lists the person. */
    listed: of('boolean'),
    deleted_at: seen(),
  },
} as const satisfies Table;

/** A person's time zones in the order in which they were first seen; null means the account's. */
export const user_zone = {
  kind: 'raw',
  key: ['user_id', 'version'],
  columns: { user_id: person(of('text')), version: of('whole'), time_zone: maybe('text'), seen_at: seen() },
} as const satisfies Table;

/** Services. */
export const service = {
  kind: 'raw',
  key: ['id'],
  columns: {
    id: of('text'),
    name: of('text'),
    escalation_policy_id: maybe('text'),
    runbook: maybe('text'),
    url: maybe('text'),
    listed: of('boolean'),
    deleted_at: seen(),
  },
} as const satisfies Table;

/** Teams. */
export const team = {
  kind: 'raw',
  key: ['id'],
  columns: {
    id: of('text'),
    name: of('text'),
    url: maybe('text'),
    listed: of('boolean'),
    deleted_at: seen(),
  },
} as const satisfies Table;

/** Who is in which team. */
export const team_member = {
  kind: 'raw',
  key: ['team_id', 'user_id'],
  columns: { team_id: of('text'), user_id: person(of('text')) },
} as const satisfies Table;

/** The teams of a service. */
export const service_team = {
  kind: 'raw',
  key: ['service_id', 'team_id'],
  columns: { service_id: of('text'), team_id: of('text') },
} as const satisfies Table;

/** Escalation policies. */
export const escalation_policy = {
  kind: 'raw',
  key: ['id'],
  columns: {
    id: of('text'),
    name: of('text'),
    url: maybe('text'),
    listed: of('boolean'),
    deleted_at: seen(),
  },
} as const satisfies Table;

/** The teams of an escalation policy. */
export const policy_team = {
  kind: 'raw',
  key: ['escalation_policy_id', 'team_id'],
  columns: { escalation_policy_id: of('text'), team_id: of('text') },
} as const satisfies Table;

/** On-call schedules. */
export const schedule = {
  kind: 'raw',
  key: ['id'],
  columns: {
    id: of('text'),
    name: of('text'),
    time_zone: maybe('text'),
    url: maybe('text'),
    listed: of('boolean'),
    deleted_at: seen(),
  },
} as const satisfies Table;

/** Priorities, rank 1 the most severe. */
export const priority = {
  kind: 'raw',
  key: ['id'],
  columns: {
    id: of('text'),
    name: of('text'),
    rank: maybe('whole'),
    listed: of('boolean'),
    deleted_at: seen(),
  },
} as const satisfies Table;

/** Spans in which services were silenced on purpose. */
export const maintenance_window = {
  kind: 'raw',
  key: ['id'],
  columns: {
    id: of('text'),
    description: maybe('text'),
    start: of('time'),
    end: of('time'),
    url: maybe('text'),
    listed: of('boolean'),
    deleted_at: seen(),
  },
} as const satisfies Table;

/** The services of a maintenance window. */
export const maintenance_window_service = {
  kind: 'raw',
  key: ['maintenance_window_id', 'service_id'],
  columns: { maintenance_window_id: of('text'), service_id: of('text') },
} as const satisfies Table;

/** Who is on call when, whole entries as PagerDuty gives them; null start or end = permanent. */
export const on_call = {
  kind: 'raw',
  key: ['id'],
  columns: {
    /** Policy, level, user, schedule, start and end in one text, as PagerDuty gives no id. */
    id: of('text'),
    user_id: person(of('text')),
    escalation_policy_id: of('text'),
    schedule_id: maybe('text'),
    level: of('whole'),
    start: maybe('time'),
    end: maybe('time'),
  },
} as const satisfies Table;
