import type { Account, RawIncident } from './account.ts';
import { type Verdict, verdictOn } from './actionable.ts';
import { MINUTE } from './calendar.ts';
import { normalisedTitle } from './fingerprint.ts';
import { flappingAmong } from './flapping.ts';
import { type Entry, inOrder, isAcknowledgement, isPerson } from './log.ts';
import type { Directory, Named } from './people.ts';
import { hasRunbook } from './runbooks.ts';

/** Everything that one incident contributes to a number; times in epoch ms, durations in seconds. */
export interface Incident {
  id: string;
  number: number;
  title: string;
  url: string | null;
  status: string;
  urgency: string;
  priority: Named | null;
  service: Named;
  teams: Named[];
  escalationPolicy: Named | null;
  fingerprint: Named;
  category: string;
  createdAt: number;
  resolvedAt: number | null;
  merged: boolean;
  acknowledgedAfter: number | null;
  resolvedAfter: number | null;
  resolvedBy: 'user' | 'timeout' | 'integration' | null;
  autoResolved: boolean;
  transient: boolean;
  actionable: Verdict;
  flapping: boolean;
  hasRunbook: boolean;
  alerts: number;
  entries: Entry[];
}

function resolvedByOf(raw: RawIncident, entries: Entry[]): Incident['resolvedBy'] {
  const last = entries.findLast((entry) => entry.type === 'resolve_log_entry');
  if (raw.status !== 'resolved' || !last) return null;
  if (isPerson(last.agent)) return 'user';
  return last.channel?.type === 'timeout' ? 'timeout' : 'integration';
}

function lifeOf(raw: RawIncident, entries: Entry[]) {
  const createdAt = Date.parse(raw.created_at);
  const resolvedAt = raw.status === 'resolved' && raw.resolved_at ? Date.parse(raw.resolved_at) : null;
  const merged = raw.resolve_reason?.type === 'merge_resolve_reason';
  const acknowledged = entries.find((entry) => isAcknowledgement(entry) && isPerson(entry.agent));
  const resolvedAfter = resolvedAt === null || merged ? null : (resolvedAt - createdAt) / 1000;
  const resolvedBy = resolvedByOf(raw, entries);
  const autoResolved = resolvedAfter !== null && (resolvedBy === 'timeout' || resolvedBy === 'integration');
  const transient = autoResolved && !acknowledged && resolvedAfter < (5 * MINUTE) / 1000;
  const acknowledgedAfter = acknowledged ? (acknowledged.time - createdAt) / 1000 : null;
  return {
    createdAt,
    resolvedAt,
    merged,
    acknowledgedAfter,
    resolvedAfter,
    resolvedBy,
    autoResolved,
    transient,
  };
}

function incidentOf(raw: RawIncident, entries: Entry[], directory: Directory): Incident {
  const life = lifeOf(raw, entries);
  const service = directory.service(raw.service);
  const title = normalisedTitle(raw.title);
  return {
    ...life,
    id: raw.id,
    number: raw.incident_number,
    title: raw.title,
    url: raw.html_url ?? null,
    status: raw.status,
    urgency: raw.urgency,
    priority: raw.priority ? directory.priority(raw.priority) : null,
    service,
    teams: (raw.teams ?? []).map(directory.team),
    escalationPolicy: raw.escalation_policy ? directory.escalationPolicy(raw.escalation_policy) : null,
    fingerprint: { id: `${service.id}|t:${title}`, name: title },
    category: title,
    actionable: verdictOn(life, entries),
    flapping: false,
    hasRunbook: entries.some(hasRunbook),
    alerts: raw.alert_counts?.all ?? 0,
    entries,
  };
}

/** The incidents of an account, each with its entries in order and whether it flaps. */
export function incidentsOf(account: Account, directory: Directory): Incident[] {
  const entries = Map.groupBy(inOrder(account.logEntries), (entry) => entry.incident.id);
  const incidents = account.incidents.map((raw) => incidentOf(raw, entries.get(raw.id) ?? [], directory));
  const alike = Map.groupBy(incidents, (incident) => incident.fingerprint.id);
  const flapping = new Set([...alike.values()].flatMap((group) => [...flappingAmong(group)]));
  return incidents.map((incident) => ({ ...incident, flapping: flapping.has(incident.id) }));
}
