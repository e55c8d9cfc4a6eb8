import type { Answer, Expected } from './answer.ts';
import { incidentDimensions, valuesOf } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import type { Incident } from './incidents.ts';
import type { Page } from './pages.ts';
import { rangeOf, type TableQuery } from './query.ts';

const verdicts = { yes: true, no: false, unknown: null };

function cellsOf(incident: Incident, notifications: number, pages: Page[]): Record<string, Expected> {
  return {
    time: incident.createdAt,
    number: incident.number,
    id: incident.id,
    title: incident.title,
    status: incident.status,
    urgency: incident.urgency,
    priority: incident.priority?.name ?? null,
    priority_id: incident.priority?.id ?? null,
    service: incident.service.name,
    service_id: incident.service.id,
    teams: { joined: incident.teams.map(({ name }) => name) },
    team_ids: { joined: incident.teams.map(({ id }) => id) },
    escalation_policy: incident.escalationPolicy?.name ?? null,
    escalation_policy_id: incident.escalationPolicy?.id ?? null,
    time_to_acknowledge: incident.acknowledgedAfter,
    time_to_resolve: incident.resolvedAfter,
    resolved_by: incident.resolvedBy,
    notifications,
    pages: pages.length,
    interruptions: pages.filter((page) => page.interruption).length,
    category: incident.category,
    fingerprint: incident.fingerprint.name,
    fingerprint_id: incident.fingerprint.id,
    actionable: { oneOf: [incident.actionable, verdicts[incident.actionable]] },
    transient: incident.resolvedAfter === null ? { oneOf: [false, null] } : incident.transient,
    flapping: incident.flapping,
    url: incident.url,
  };
}

/** What an incidents query must be answered with: a row per incident created in the range. */
export function incidentsAnswer(facts: Facts, query: TableQuery): Answer {
  const { from, to } = rangeOf(query);
  const notifications = Map.groupBy(facts.notifications, ({ incidentId }) => incidentId);
  const pages = Map.groupBy(facts.pages, ({ incidentId }) => incidentId);
  const rows = facts.incidents
    .filter(({ createdAt }) => createdAt >= from && createdAt < to)
    .filter((incident) => {
      const clock = { instant: incident.createdAt, zone: query.timeZone };
      return passes(query.filters, valuesOf(incidentDimensions, incident, clock));
    })
    .map((incident) => {
      const notified = notifications.get(incident.id)?.length ?? 0;
      return { cells: cellsOf(incident, notified, pages.get(incident.id) ?? []), required: true };
    });
  return { key: ['id'], rows };
}
