import type { RowOf } from '../index.ts';
import { byUser, kindOf, type LogEntry } from './entries.ts';

type Incident = RowOf<'incident'>;

/** Who or what resolved an incident. */
export type ResolvedBy = 'user' | 'timeout' | 'integration';

/** How an incident was answered. */
export interface Response {
  /** Seconds to the first acknowledge by a user. */
  time_to_acknowledge: number | null;
  /** Seconds from creation to resolution; null while open and for merged sources. */
  time_to_resolve: number | null;
  resolved_by: ResolvedBy | null;
  auto_resolved: boolean;
  transient: boolean;
  escalations: number;
  reassignments: number;
}

/** How people and machines answered an incident (entries in order); `transientUnder` in seconds. */
export function responseOf(
  incident: Incident,
  entries: readonly LogEntry[],
  transientUnder: number,
): Response {
  const acknowledged = entries.find((entry) => kindOf(entry) === 'acknowledge' && byUser(entry));
  const time_to_resolve = incident.merged ? null : secondsOpen(incident);
  const resolved_by = resolvedBy(incident, entries);
  const auto_resolved = !incident.merged && (resolved_by === 'timeout' || resolved_by === 'integration');
  return {
    time_to_acknowledge: acknowledged ? (acknowledged.created_at - incident.created_at) / 1000 : null,
    time_to_resolve,
    resolved_by,
    auto_resolved,
    transient: auto_resolved && !acknowledged && time_to_resolve !== null && time_to_resolve < transientUnder,
    escalations: entries.filter((entry) => kindOf(entry) === 'escalate').length,
    reassignments: entries.filter((entry) => isReassignment(entry, incident)).length,
  };
}

/** True where a user moved the incident to somebody else after its creation. */
export function isReassignment(entry: LogEntry, incident: Incident): boolean {
  return kindOf(entry) === 'assign' && byUser(entry) && entry.created_at > incident.created_at;
}

/** Seconds from creation to resolution, merged sources included; null while the incident is open. */
export function secondsOpen(
  incident: Pick<Incident, 'status' | 'created_at' | 'resolved_at'>,
): number | null {
  if (incident.status !== 'resolved' || incident.resolved_at === null) return null;
  return (incident.resolved_at - incident.created_at) / 1000;
}

function resolvedBy(incident: Incident, entries: readonly LogEntry[]): ResolvedBy | null {
  if (incident.status !== 'resolved') return null;
  const last = entries.findLast((entry) => kindOf(entry) === 'resolve');
  if (!last) return null;
  if (byUser(last)) return 'user';
  return last.channel_type === 'timeout' ? 'timeout' : 'integration';
}
