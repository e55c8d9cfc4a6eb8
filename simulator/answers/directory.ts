import { SUPPORT_HOURS } from '../life/support-hours.ts';
import type { Person, Policy, Priority, Service, Team } from '../organisation/things.ts';
import { timestamp } from '../time.ts';
import { head, type Lens, perhaps, reference } from './reference.ts';

/** A user as GET /users shows it. */
export function user(lens: Lens, person: Person): object {
  const method = { id: `C${person.id.slice(1)}`, summary: 'Work', self: null, html_url: null };
  const whole = { ...method, type: 'email_contact_method', label: 'Work', address: person.email };
  return {
    ...head(person),
    name: person.name,
    email: person.email,
    time_zone: person.zone,
    color: 'teal',
    role: person.role,
    avatar_url: null,
    description: null,
    invitation_sent: false,
    job_title: person.jobTitle,
    created_via_sso: false,
    teams: person.teams.map((item) => perhaps(lens, ['teams'], item, team)),
    contact_methods: [
      lens.included.has('contact_methods') ? whole : { ...method, type: 'email_contact_method_reference' },
    ],
    notification_rules: [],
  };
}

/** A team as GET /teams shows it. */
export function team(_lens: Lens, item: Team): object {
  return {
    ...head(item),
    name: item.name,
    description: item.description,
    default_role: 'manager',
    parent: null,
  };
}

/** A priority as GET /priorities shows it. */
export function priority(_lens: Lens, item: Priority): object {
  return { ...head(item), name: item.name, description: item.description };
}

/** An escalation policy as GET /escalation_policies shows it. */
export function policy(lens: Lens, item: Policy): object {
  const { services } = lens.timeline.organisation;
  const own = services.filter((candidate) => candidate.policy === item);
  return {
    ...head(item),
    name: item.name,
    description: null,
    num_loops: item.loops,
    on_call_handoff_notifications: 'if_has_services',
    escalation_rules: item.rules.map((rule) => ({
      id: rule.id,
      escalation_delay_in_minutes: rule.delayMinutes,
      targets: rule.targets.map(reference),
      escalation_rule_assignment_strategy: { type: 'assign_to_everyone' },
    })),
    services: own.map((candidate) => perhaps(lens, ['services'], candidate, service)),
    teams: item.team ? [perhaps(lens, ['teams'], item.team, team)] : [],
  };
}

/** A service as GET /services shows it; its status follows from its open incidents. */
export function service(lens: Lens, item: Service): object {
  const own = lens.timeline.openIncidents().filter((incident) => incident.service === item);
  const open = own.map((incident) => lens.timeline.state(incident).status);
  const last = lens.timeline.lastIncidentAt(item);
  return {
    ...head(item),
    name: item.name,
    description: item.description,
    created_at: timestamp(item.createdAt, lens.zone),
    status: statusOf(open),
    last_incident_timestamp: last === null ? null : timestamp(last, lens.zone),
    auto_resolve_timeout: item.autoResolveTimeout,
    acknowledgement_timeout: item.acknowledgementTimeout,
    alert_creation: 'create_alerts_and_incidents',
    ...urgencyOf(lens, item),
    alert_grouping_parameters: { type: null, config: null },
    escalation_policy: perhaps(lens, ['escalation_policies'], item.policy, policy),
    teams: [perhaps(lens, ['teams'], item.team, team)],
    integrations: [reference(item.integration)],
    addons: [],
  };
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

function statusOf(statuses: readonly string[]): string {
  if (statuses.includes('triggered')) return 'critical';
  return statuses.includes('acknowledged') ? 'warning' : 'active';
}
