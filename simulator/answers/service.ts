import type { Incident } from '../life/incident.ts';
import { SUPPORT_HOURS } from '../life/support-hours.ts';
import type { Integration, IntegrationKind, Service } from '../organisation/things.ts';
import { timestamp } from '../time.ts';
import { policy, team } from './directory.ts';
import { head, type Lens, perhaps, reference } from './reference.ts';

/** A service as GET /services shows it; its status follows from its open incidents. */
export function service(lens: Lens, item: Service): object {
  const last = lens.timeline.lastIncidentAt(item);
  return {
    ...head(item),
    name: item.name,
    description: item.description,
    created_at: timestamp(item.createdAt, lens.zone),
    status: statusOf(lens, item),
    last_incident_timestamp: last === null ? null : timestamp(last, lens.zone),
    auto_resolve_timeout: item.autoResolveTimeout,
    acknowledgement_timeout: item.acknowledgementTimeout,
    alert_creation: 'create_alerts_and_incidents',
    ...urgencyOf(lens, item),
    alert_grouping_parameters: { type: null, config: null },
    ...(lens.included.has('auto_pause_notifications_parameters') && {
      auto_pause_notifications_parameters: { enabled: false, timeout: null, recommended_timeout: null },
    }),
    escalation_policy: perhaps(lens, ['escalation_policies'], item.policy, policy),
    teams: [perhaps(lens, ['teams'], item.team, team)],
    integrations: [lens.included.has('integrations') ? integration(lens, item) : integrationReference(item)],
    addons: [],
  };
}

/** PagerDuty's types of the integrations that events come through. */
const INTEGRATIONS = {
  api: 'events_api_v2_inbound_integration',
  email: 'generic_email_inbound_integration',
  nagios: 'nagios_inbound_integration',
  auto: 'event_transformer_api_inbound_integration',
} as const satisfies Record<IntegrationKind, string>;

/** A service's integration, whole. */
export function integration(lens: Lens, item: Service): object {
  const { integration: own } = item;
  return {
    ...integrationHead(item),
    type: INTEGRATIONS[own.channel],
    name: own.name,
    service: reference(item),
    created_at: timestamp(item.createdAt, lens.zone),
    vendor: null,
    ...keyOf(own, item),
  };
}

function keyOf({ id, channel }: Integration, { name }: Service): object {
  if (channel === 'email') return { integration_email: `${name}@simulated.pagerduty.example` };
  return { integration_key: id.toLowerCase() };
}

function integrationHead(item: Service) {
  const { id, name } = item.integration;
  const place = `/${item.id}/integrations/${id}`;
  const { self, html_url } = head(item);
  return {
    id,
    summary: name,
    self: self?.replace(`/${item.id}`, place) ?? null,
    html_url: html_url?.replace(`/${item.id}`, place) ?? null,
  };
}

/** A pointer to a service’s integration, with the type that PagerDuty gives it. */
export function integrationReference(item: Service): object {
  return { ...integrationHead(item), type: `${INTEGRATIONS[item.integration.channel]}_reference` };
}

/** How urgent a service's incidents are; with support hours, those that wait turn urgent when the hours begin. */
function urgencyOf(lens: Lens, { urgency }: Service): object {
  if (urgency !== 'support_hours') {
    return {
      incident_urgency_rule: { type: 'constant', urgency },
      support_hours: null,
      scheduled_actions: [],
    };
  }
  const two = (hour: number) => `${String(hour).padStart(2, '0')}:00:00`;
  return {
    incident_urgency_rule: {
      type: 'use_support_hours',
      during_support_hours: { type: 'constant', urgency: 'high' },
      outside_support_hours: { type: 'constant', urgency: 'low' },
    },
    support_hours: {
      type: 'fixed_time_per_day',
      time_zone: lens.timeline.organisation.zone,
      days_of_week: SUPPORT_HOURS.days,
      start_time: two(SUPPORT_HOURS.from),
      end_time: two(SUPPORT_HOURS.to),
    },
    scheduled_actions: [
      { type: 'urgency_change', at: { type: 'named_time', name: 'support_hours_start' }, to_urgency: 'high' },
    ],
  };
}

/** The statuses of each service's open incidents; a list of open incidents is gone through once. */
const statuses = new WeakMap<readonly Incident[], Map<Service, Set<string>>>();

function statusOf({ timeline }: Lens, item: Service): string {
  const open = timeline.openIncidents();
  const known = statuses.get(open) ?? new Map<Service, Set<string>>();
  if (!statuses.has(open)) {
    for (const incident of open) {
      const { service, status } = timeline.state(incident);
      known.set(service, (known.get(service) ?? new Set()).add(status));
    }
    statuses.set(open, known);
  }
  const own = known.get(item);
  if (own?.has('triggered')) return 'critical';
  return own?.has('acknowledged') ? 'warning' : 'active';
}
