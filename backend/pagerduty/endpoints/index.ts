import type { Endpoint } from './endpoint.ts';
import { escalationPolicies } from './escalation-policies.ts';
import { incidents } from './incidents.ts';
import { logEntries } from './log-entries.ts';
import { maintenanceWindows } from './maintenance-windows.ts';
import { onCalls } from './on-calls.ts';
import { priorities } from './priorities.ts';
import { schedules } from './schedules.ts';
import { schedulesV3 } from './schedules-v3.ts';
import { services } from './services.ts';
import { teams } from './teams.ts';
import { users } from './users.ts';

/** Streams read in spans of time. */
export const TIMED = {
  incidents,
  log_entries: logEntries,
  on_call: onCalls,
} as const satisfies Record<string, Endpoint>;

/** Streams read whole every time; each fills the table named. Of those that are optional an account may know no list. */
export const DIRECTORY = {
  users: { endpoint: users, table: 'user', optional: false },
  teams: { endpoint: teams, table: 'team', optional: false },
  escalation_policies: { endpoint: escalationPolicies, table: 'escalation_policy', optional: false },
  services: { endpoint: services, table: 'service', optional: false },
  schedules: { endpoint: schedules, table: 'schedule', optional: false },
  schedules_v3: { endpoint: schedulesV3, table: 'schedule', optional: true },
  priorities: { endpoint: priorities, table: 'priority', optional: false },
  maintenance_windows: { endpoint: maintenanceWindows, table: 'maintenance_window', optional: true },
} as const satisfies Record<string, { endpoint: Endpoint; table: string; optional: boolean }>;

/** A stream read in spans of time. */
export type TimedStream = keyof typeof TIMED;

/** A stream read whole. */
export type DirectoryStream = keyof typeof DIRECTORY;
