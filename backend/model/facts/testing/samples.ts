import type { RowOf } from '../../index.ts';

/** The instant at which sample incidents are created: a Tuesday. */
export const CREATED = Date.parse('2026-03-10T12:00:00Z');

/** A resolved incident, an hour long, but for what is given. */
export function sampleIncident(given: Partial<RowOf<'incident'>> = {}): RowOf<'incident'> {
  return {
    id: 'Q1',
    number: 1,
    title: 'Disk full',
    status: 'resolved',
    urgency: 'high',
    priority_id: null,
    created_at: CREATED,
    resolved_at: CREATED + 3_600_000,
    service_id: 'S1',
    escalation_policy_id: 'E1',
    incident_key: null,
    alerts: 1,
    merged: false,
    url: null,
    updated_at: null,
    seen_at: null,
    ...given,
  };
}

/** An entry of the type (without `_log_entry`), so many seconds after the sample incident's creation. */
export function sampleEntry(
  type: string,
  seconds: number,
  given: Partial<RowOf<'log_entry'>> = {},
): RowOf<'log_entry'> {
  return {
    id: `R${String(seconds).padStart(6, '0')}`,
    type: `${type}_log_entry`,
    created_at: CREATED + seconds * 1000,
    incident_id: 'Q1',
    service_id: 'S1',
    agent_type: 'service_reference',
    agent_id: 'S1',
    user_id: null,
    channel_type: 'auto',
    notification_type: null,
    duration: null,
    note: null,
    old_priority: null,
    incident_key: null,
    runbook: null,
    links: null,
    ...given,
  };
}

/** The agent of an entry that a person made. */
export const ANNA = { agent_type: 'user_reference', agent_id: 'ANNA' } as const;
