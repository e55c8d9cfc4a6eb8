import type { Account, RawIncident, RawLogEntry, RawOnCall, Reference } from './account.ts';

/** A reference for hand-made accounts, its name the id in lower case. */
export function reference(type: string, id: string): Reference {
  return { id, type: `${type}_reference`, summary: id.toLowerCase() };
}

/** A hand-made incident of service S, open since the instant given unless told otherwise. */
export function incident(id: string, createdAt: string, fields: Partial<RawIncident> = {}): RawIncident {
  return {
    id,
    incident_number: 1,
    title: 'Disk full',
    created_at: createdAt,
    status: fields.resolved_at ? 'resolved' : 'triggered',
    urgency: 'high',
    service: reference('service', 'S'),
    teams: [reference('team', 'T')],
    escalation_policy: reference('escalation_policy', 'E'),
    ...fields,
  };
}

let entries = 0;

/** A hand-made log entry; ids rise in the order of making. */
export function entry(
  type: string,
  of: string,
  createdAt: string,
  fields: Partial<RawLogEntry> = {},
): RawLogEntry {
  entries += 1;
  const id = `L${String(entries).padStart(6, '0')}`;
  return {
    id,
    type: `${type}_log_entry`,
    created_at: createdAt,
    incident: reference('incident', of),
    ...fields,
  };
}

/** A contact attempt to a person, by push unless told otherwise. */
export function notify(of: string, user: string, createdAt: string, means = 'push'): RawLogEntry {
  const channel = { type: 'auto', notification: { type: `${means}_notification` } };
  return entry('notify', of, createdAt, { user: reference('user', user), channel });
}

/** A hand-made level 1 duty for policy E and schedule K. */
export function duty(user: string, start: string | null, end: string | null): RawOnCall {
  return {
    user: reference('user', user),
    escalation_policy: reference('escalation_policy', 'E'),
    schedule: reference('schedule', 'K'),
    escalation_level: 1,
    start,
    end,
  };
}

/** A hand-made account known from January to the end of April 2026; ANNA lives in Berlin, ROY in Kathmandu. */
export function account(fields: Partial<Account>): Account {
  const directory = (type: string, ...ids: string[]) =>
    ids.map((id) => ({ ...reference(type, id), name: id.toLowerCase() }));
  return {
    since: Date.parse('2026-01-01T00:00:00Z'),
    harvestedUntil: Date.parse('2026-05-01T00:00:00Z'),
    timeZone: 'UTC',
    users: [
      { ...reference('user', 'ANNA'), name: 'anna', time_zone: 'Europe/Berlin' },
      { ...reference('user', 'ROY'), name: 'roy', time_zone: 'Asia/Kathmandu' },
    ],
    services: directory('service', 'S', 'S2'),
    teams: directory('team', 'T', 'T2'),
    escalationPolicies: [
      { ...reference('escalation_policy', 'E'), name: 'e', teams: [reference('team', 'T')] },
    ],
    schedules: directory('schedule', 'K', 'K2'),
    priorities: directory('priority', 'P1', 'P2'),
    incidents: [],
    logEntries: [],
    onCalls: [],
    ...fields,
  };
}
