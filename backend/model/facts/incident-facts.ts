import type { RowOf } from '../index.ts';
import { actionableOf } from './actionable.ts';
import { categoryOf } from './category.ts';
import { kindOf, type LogEntry } from './entries.ts';
import { fingerprintOf, normalise } from './fingerprint.ts';
import { pagesOf } from './notifications.ts';
import { responseOf } from './response.ts';
import type { Rules } from './rules.ts';

const OWN = '[pagebudget]';

/** The facts of one incident from its entries in order and its service's name; whether it flaps is decided among its fingerprint's incidents, and whether it woke somebody on people's clocks: `flapping` and `woke` are false here. */
export function incidentFacts(
  incident: RowOf<'incident'>,
  serviceName: string | null,
  entries: readonly LogEntry[],
  rules: Rules,
): RowOf<'incident_fact'> {
  const { title, service_id, incident_key } = incident;
  const followsKey = service_id !== null && rules.followsKey({ id: service_id, name: serviceName ?? '' });
  const fingerprint = fingerprintOf(service_id, title, followsKey ? triggerKey(entries) : null);
  const categorised = { title, service: serviceName, incidentKey: incident_key };
  const response = responseOf(incident, entries, rules.transientUnder);
  return {
    incident_id: incident.id,
    number: incident.number,
    status: incident.status,
    urgency: incident.urgency,
    priority_id: incident.priority_id,
    created_at: incident.created_at,
    resolved_at: incident.resolved_at,
    service_id,
    escalation_policy_id: incident.escalation_policy_id,
    alerts: incident.alerts,
    merged: incident.merged,
    fingerprint: fingerprint.id,
    fingerprint_title: fingerprint.title,
    category: categoryOf(categorised, rules.categories, normalise(title)),
    ...response,
    actionable: actionableOf(incident, entries, response.auto_resolved),
    flapping: false,
    notifications: entries.filter((entry) => kindOf(entry) === 'notify').length,
    pages: pagesOf(entries, rules.pageWindow).length,
    woke: false,
    runbook: entries.some((entry) => kindOf(entry) === 'trigger' && hasRunbook(entry, rules)),
    own: title.toLowerCase().includes(OWN),
  };
}

/** True for an entry that came with a link to a runbook; of entries of other patterns' times the link may stand among all its links. */
function hasRunbook({ runbook, links }: LogEntry, rules: Rules): boolean {
  return [runbook, ...(links?.split('\n') ?? [])].some((link) => link !== null && rules.runbook.test(link));
}

function triggerKey(entries: readonly LogEntry[]): string | null {
  return entries.find((entry) => kindOf(entry) === 'trigger' && entry.incident_key)?.incident_key ?? null;
}
