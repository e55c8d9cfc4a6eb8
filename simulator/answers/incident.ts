import type { Incident, State } from '../life/incident.ts';
import { supportBegins } from '../life/support-hours.ts';
import type { Person, Thing } from '../organisation/things.ts';
import { SECOND, timestamp } from '../time.ts';
import { policy, priority, team } from './directory.ts';
import { logEntry, logEntryReference } from './log-entry.ts';
import { head, type Lens, perhaps, reference } from './reference.ts';
import { service } from './service.ts';
import { user } from './user.ts';

/** An incident as GET /incidents shows it. */
export function incident(lens: Lens, item: Incident): object {
  const state = lens.timeline.state(item);
  const time = (at: number) => timestamp(at, lens.zone);
  return {
    ...head(item),
    incident_number: item.number,
    title: state.title,
    description: state.title,
    created_at: time(item.createdAt),
    updated_at: time(lens.timeline.updatedAt(item)),
    status: state.status,
    incident_key: item.key,
    service: perhaps(lens, ['services'], state.service, service),
    assignments: state.assignments.map(({ at, person }) => ({
      at: time(at),
      assignee: perhaps(lens, ['assignees', 'users'], person, user),
    })),
    assigned_via: state.assignedVia,
    last_status_change_at: time(state.statusChangedAt),
    last_status_change_by: state.statusChangedBy && someone(lens, ['agents', 'users'], state.statusChangedBy),
    resolved_at: state.resolvedAt === null ? null : time(state.resolvedAt),
    first_trigger_log_entry: firstTrigger(lens, item),
    alert_counts: alertCounts(state),
    is_mergeable: state.status !== 'resolved',
    incident_type: { name: 'incident_default' },
    escalation_policy: perhaps(lens, ['escalation_policies'], state.policy, policy),
    teams: state.teams.map((each) => perhaps(lens, ['teams'], each, team)),
    pending_actions: pendingActions(lens, item, state).map(({ at, ...action }) => ({
      ...action,
      at: time(at),
    })),
    acknowledgements: state.acknowledgements.map(({ at, by }) => ({
      at: time(at),
      acknowledger: someone(lens, ['acknowledgers', 'users'], by),
    })),
    alert_grouping: null,
    priority: state.priority && perhaps(lens, ['priorities'], state.priority, priority),
    resolve_reason: state.mergedInto && {
      type: 'merge_resolve_reason',
      incident: reference(state.mergedInto),
    },
    ...(lens.included.has('conference_bridge') && { conference_bridge: null }),
    incidents_responders: [],
    responder_requests: [],
    urgency: state.urgency,
  };
}

/** What include[] adds where an incident is shown singly. */
export function furtherParts({ included }: Lens, { title }: Incident): object {
  return {
    ...(included.has('body') && { body: { type: 'incident_body', details: title } }),
    ...(included.has('custom_fields') && { custom_fields: [] }),
  };
}

function someone(lens: Lens, names: readonly string[], thing: Thing): object {
  return thing.kind === 'user' ? perhaps(lens, names, thing as Person, user) : reference(thing);
}

/** The entry that opened an incident, whole if that is asked for. */
export function firstTrigger(lens: Lens, { entries }: Incident): object | null {
  const entry = entries.find(({ type }) => type === 'trigger');
  if (!entry) return null;
  const whole = lens.included.has('first_trigger_log_entries');
  return whole ? logEntry({ ...lens, included: new Set(['channels']) }, entry) : logEntryReference(entry);
}

function alertCounts({ status, alerts }: State) {
  const resolved = status === 'resolved';
  return { triggered: resolved ? 0 : alerts, resolved: resolved ? alerts : 0, all: alerts };
}

/** What PagerDuty would do next by itself, the first time that it would. */
function pendingActions(
  lens: Lens,
  { createdAt }: Incident,
  state: State,
): { type: string; at: number; to?: string }[] {
  const { status, statusChangedAt, urgency, service: own } = state;
  if (status === 'resolved') return [];
  const { autoResolveTimeout: resolves, acknowledgementTimeout: lapses } = own;
  const { zone } = lens.timeline.organisation;
  const waits = own.urgency === 'support_hours' && urgency === 'low';
  return [
    ...(status === 'acknowledged' && lapses !== null
      ? [{ type: 'unacknowledge', at: statusChangedAt + lapses * SECOND }]
      : []),
    ...(waits ? [{ type: 'urgency_change', at: supportBegins(createdAt, zone), to: 'high' }] : []),
    ...(resolves === null ? [] : [{ type: 'resolve', at: createdAt + resolves * SECOND }]),
  ];
}
