import type { Endpoint } from './endpoint.ts';
import { escalationPolicies } from './escalation-policies.ts';
import { incidents } from './incidents.ts';
import { logEntries } from './log-entries.ts';
import { onCalls } from './on-calls.ts';
import { priorities } from './priorities.ts';
import { schedules } from './schedules.ts';
import { services } from './services.ts';
import { teams } from './teams.ts';
import { users } from './users.ts';

/** Streams read in spans of time. */
export const TIMED = {
  incidents,
  log_entries: logEntries,
  on_call: onCalls,
} as const satisfies Record<string, Endpoint>;

/** Streams read whole every time; each fills the table named. */
export const DIRECTORY = {
  users: { endpoint: users, table: 'user' },
  teams: { endpoint: teams, table: 'team' },
  escalation_policies: { endpoint: escalationPolicies, table: 'escalation_policy' },
  services: { endpoint: services, table: 'service' },
  schedules: { endpoint: schedules, table: 'schedule' },
  priorities: { endpoint: priorities, table: 'priority' },
} as const satisfies Record<string, { endpoint: Endpoint; table: string }>;

/** A stream read in spans of time. */
export type TimedStream = keyof typeof TIMED;

/** A stream read whole. */
export type DirectoryStream = keyof typeof DIRECTORY;
