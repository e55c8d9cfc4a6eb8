import type { RowOf } from '../index.ts';
import { kindOf, type LogEntry } from './entries.ts';
import { isReassignment } from './response.ts';

/** The escalations and reassignments of one incident, from its facts and its entries in order. */
export function stepFacts(
  incident: RowOf<'incident'>,
  fact: RowOf<'incident_fact'>,
  entries: readonly LogEntry[],
): RowOf<'step'>[] {
  const { status, urgency, priority_id, service_id, escalation_policy_id } = fact;
  const { fingerprint, category, resolved_by } = fact;
  return entries.flatMap((entry) => {
    const kind = kindOfStep(entry, incident);
    if (kind === null) return [];
    return {
      ...{ id: entry.id, incident_id: incident.id, created_at: entry.created_at, kind },
      ...{ status, urgency, priority_id, service_id, escalation_policy_id },
      ...{ fingerprint, category, resolved_by },
    };
  });
}

function kindOfStep(entry: LogEntry, incident: RowOf<'incident'>): 'escalation' | 'reassignment' | null {
  if (kindOf(entry) === 'escalate') return 'escalation';
  return isReassignment(entry, incident) ? 'reassignment' : null;
}
