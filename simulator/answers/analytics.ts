import type { Analysed } from '../analytics/analysed.ts';
import type { LogEntry } from '../life/incident.ts';
import type { Person, Thing } from '../organisation/things.ts';
import { SECOND, timestamp } from '../time.ts';

/** A time as analytics writes it: in the zone asked for, without saying so. */
export function wallTime(at: number, zone: string): string {
  return timestamp(at, zone).slice(0, 19);
}

/** An incident as POST /analytics/raw/incidents shows it; `ranked` are the priorities, the most severe first. */
export function analysedIncident(
  { past, figures, analysedAt, major }: Analysed,
  zone: string,
  ranked: readonly Thing[],
) {
  const { incident, state } = past;
  const { title, status, urgency, service, policy, priority, resolvedAt } = state;
  const [team] = state.teams;
  return {
    id: incident.id,
    incident_number: incident.number,
    description: title,
    status,
    urgency,
    major,
    created_at: wallTime(incident.createdAt, zone),
    resolved_at: resolvedAt === null ? null : wallTime(resolvedAt, zone),
    updated_at: wallTime(analysedAt, zone),
    service_id: service.id,
    service_name: service.name,
    team_id: team?.id ?? null,
    team_name: team?.name ?? null,
    escalation_policy_id: policy.id,
    escalation_policy_name: policy.name,
    incident_type_id: null,
    incident_type_name: 'incident_default',
    priority_id: priority?.id ?? null,
    priority_name: priority?.name ?? null,
    priority_order: priority && ranked.length - ranked.indexOf(priority),
    ...named('acknowledged_user', figures.acknowledged),
    ...named('assigned_user', figures.assigned),
    ...named('joined_user', []),
    resolved_by_user_id: figures.resolver?.id ?? null,
    resolved_by_user_name: figures.resolver?.name ?? null,
    ...measured(figures),
  };
}

function named(what: string, people: readonly Thing[]) {
  return {
    [`${what}_ids`]: people.map(({ id }) => id),
    [`${what}_names`]: people.map(({ name }) => name),
  };
}

function measured({ interruptions, ...figures }: Analysed['figures']) {
  return {
    acknowledgement_count: figures.acknowledgements,
    assignment_count: figures.assignments,
    reassignment_count: figures.reassignments,
    escalation_count: figures.escalations,
    manual_escalation_count: figures.manualEscalations,
    timeout_escalation_count: figures.timeoutEscalations,
    active_user_count: figures.acknowledged.length,
    engaged_user_count: figures.acknowledged.length,
    auto_resolved: figures.autoResolved,
    seconds_to_first_ack: figures.secondsToFirstAck,
    seconds_to_engage: figures.secondsToEngage,
    seconds_to_mobilize: figures.secondsToMobilize,
    seconds_to_resolve: figures.secondsToResolve,
    engaged_seconds: figures.engagedSeconds,
    snoozed_seconds: figures.snoozedSeconds,
    user_defined_effort_seconds: null,
    total_notifications: figures.notifications,
    total_interruptions: interruptions.total,
    business_hour_interruptions: interruptions.business,
    off_hour_interruptions: interruptions.off,
    sleep_hour_interruptions: interruptions.sleep,
  };
}

/** What each kind of entry makes of those whom it puts in charge. */
const RESPONDER_TYPES: Readonly<Record<string, string>> = {
  assign: 'assigned',
  reassign: 'reassigned',
  delegate: 'reassigned',
  escalate: 'escalated',
};

/** The responses of an incident's people as GET /analytics/raw/incidents/{id}/responses shows them, in order of the requests. */
export function responsesOf(entries: readonly LogEntry[], zone: string): object[] {
  return entries.flatMap((entry, index) =>
    (entry.assignees ?? []).map((person) => responseOf(person, entry, entries.slice(index + 1), zone)),
  );
}

function responseOf(person: Person, { type, time }: LogEntry, later: readonly LogEntry[], zone: string) {
  const taken = later.find((entry) => entry.type.startsWith('acknowledge') && entry.agent === person);
  return {
    responder_id: person.id,
    responder_name: person.name,
    responder_type: RESPONDER_TYPES[type] ?? 'assigned',
    response_status: taken ? 'joined' : 'pending',
    requested_at: wallTime(time, zone),
    responded_at: taken ? wallTime(taken.time, zone) : null,
    time_to_respond_seconds: taken ? (taken.time - time) / SECOND : null,
  };
}
