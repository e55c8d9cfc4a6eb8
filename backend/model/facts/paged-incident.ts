import type { RowOf } from '../index.ts';

/** An incident as its contacts see it: its row, null where it cannot be read, and what each contact has of it. */
export interface PagedIncident {
  id: string;
  incident: RowOf<'incident'> | null;
  told: Pick<RowOf<'page'>, 'service_id' | 'escalation_policy_id' | 'fingerprint' | 'category' | 'own'>;
}

/** An incident with what was derived of it. */
export function pagedIncident(incident: RowOf<'incident'>, fact: RowOf<'incident_fact'>): PagedIncident {
  const { service_id, escalation_policy_id, fingerprint, category, own } = fact;
  return {
    id: incident.id,
    incident,
    told: { service_id, escalation_policy_id, fingerprint, category, own },
  };
}

/** An incident that cannot be read, with the service that its entries tell of. */
export function unreadableIncident(id: string, service_id: string | null): PagedIncident {
  const unknown = { escalation_policy_id: null, fingerprint: null, category: null };
  return { id, incident: null, told: { service_id, ...unknown, own: false } };
}
