import { type Api, Refused, read, readList, readStretch } from './pagerduty.ts';

/** A pointer to another resource, or that resource itself where it was included. */
export interface Reference {
  id: string;
  type: string;
  summary?: string | null;
  name?: string | null;
}

/** The parts of an incident that some number depends on. */
export interface RawIncident {
  id: string;
  incident_number: number;
  title: string;
  html_url?: string | null;
  created_at: string;
  resolved_at?: string | null;
  status: string;
  urgency: string;
  priority?: Reference | null;
  service: Reference;
  escalation_policy?: Reference | null;
  teams?: Reference[] | null;
  resolve_reason?: { type: string } | null;
  alert_counts?: { all: number } | null;
}

/** A service, with the policy that it follows and the text in which its runbook may stand. */
export interface RawService extends RawNamed {
  description?: string | null;
  escalation_policy?: Reference | null;
}

/** What a log entry says of its channel; a priority is a reference or merely its name. */
export interface RawChannel {
  type?: string | null;
  summary?: string | null;
  duration?: number | string | null;
  notification?: { type?: string | null; user?: Reference | null } | null;
  old_priority?: Reference | string | null;
  details?: unknown;
}

/** The parts of a log entry that some number depends on. */
export interface RawLogEntry {
  id: string;
  type: string;
  created_at: string;
  agent?: Reference | null;
  user?: Reference | null;
  channel?: RawChannel | null;
  incident: Reference;
  service?: Reference | null;
  teams?: Reference[] | null;
  contexts?: unknown;
  event_details?: unknown;
}

/** One stretch of on-call duty; a null start or end is permanent on that side. */
export interface RawOnCall {
  user: Reference;
  escalation_policy: Reference;
  schedule?: Reference | null;
  escalation_level: number;
  start?: string | null;
  end?: string | null;
}

/** A directory row: user, service, team, policy, schedule or priority. */
export interface RawNamed extends Reference {
  time_zone?: string | null;
  teams?: Reference[] | null;
}

/** Everything that was read of one account, with the times (epoch ms) between which it is known. */
export interface Account {
  since: number;
  harvestedUntil: number;
  timeZone: string;
  users: RawNamed[];
  services: RawService[];
  teams: RawNamed[];
  escalationPolicies: RawNamed[];
  schedules: RawNamed[];
  priorities: RawNamed[];
  incidents: RawIncident[];
  logEntries: RawLogEntry[];
  onCalls: RawOnCall[];
}

const DAY = 86_400_000;

function unique<T>(rows: T[], identity: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [identity(row), row])).values()];
}

async function readOlderIncidents(
  api: Api,
  known: RawIncident[],
  entries: RawLogEntry[],
): Promise<RawIncident[]> {
  const ids = new Set(entries.map((entry) => entry.incident.id));
  for (const incident of known) ids.delete(incident.id);
  const older: RawIncident[] = [];
  for (const id of ids) {
    try {
      older.push((await read<{ incident: RawIncident }>(api, `/incidents/${id}`)).incident);
    } catch (error) {
      if (!(error instanceof Refused && [403, 404].includes(error.status))) throw error;
    }
  }
  return older;
}

/** Incidents created before an instant that are still open. */
async function readStillOpen(api: Api, before: number): Promise<RawIncident[]> {
  const open = await readList<RawIncident>(api, '/incidents', 'incidents', [
    ['statuses[]', 'triggered'],
    ['statuses[]', 'acknowledged'],
    ['date_range', 'all'],
  ]);
  return open.filter((incident) => Date.parse(incident.created_at) < before);
}

/**
 * Reads one account over HTTP: the directory, and everything that happened in [since, now), of which all before
 * harvestedUntil is known to be there, with the older incidents that are still open or that a log entry belongs to.
 */
export async function readAccount(
  api: Api,
  known: { since: number; harvestedUntil: number; timeZone: string },
  now: number,
): Promise<Account> {
  const stretch = { from: known.since, to: now };
  const within = (at: string) => Date.parse(at) >= stretch.from && Date.parse(at) < stretch.to;
  const logEntries = unique(
    await readStretch<RawLogEntry>(api, '/log_entries', 'log_entries', { ...stretch, step: 2 * DAY }, [
      ['include[]', 'channels'],
    ]),
    (entry) => entry.id,
  ).filter((entry) => within(entry.created_at));
  const created = unique(
    await readStretch<RawIncident>(api, '/incidents', 'incidents', { ...stretch, step: 30 * DAY }),
    (incident) => incident.id,
  ).filter((incident) => within(incident.created_at));
  const listed = [...created, ...(await readStillOpen(api, known.since))];
  const onCalls = await readStretch<RawOnCall>(api, '/oncalls', 'oncalls', {
    from: known.since,
    to: known.harvestedUntil,
    step: 14 * DAY,
  });
  return {
    ...known,
    users: await readList(api, '/users', 'users'),
    services: await readList(api, '/services', 'services'),
    teams: await readList(api, '/teams', 'teams'),
    escalationPolicies: await readList(api, '/escalation_policies', 'escalation_policies'),
    schedules: await readList(api, '/schedules', 'schedules'),
    priorities: await readList(api, '/priorities', 'priorities'),
    incidents: [...listed, ...(await readOlderIncidents(api, listed, logEntries))],
    logEntries,
    onCalls: unique(onCalls, onCallIdentity),
  };
}

function onCallIdentity(onCall: RawOnCall): string {
  const { escalation_policy, escalation_level, user, schedule, start, end } = onCall;
  const instants = [start, end].map((at) => (at ? Date.parse(at) : null));
  return JSON.stringify([escalation_policy.id, escalation_level, user.id, schedule?.id ?? null, ...instants]);
}
