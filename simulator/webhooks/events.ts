import type { Change } from '../account/changes.ts';
import type { Timeline } from '../account/timeline.ts';
import { annotation, webhookIncident, webhookService } from '../answers/webhook-event.ts';
import type { Incident, LogEntry } from '../life/incident.ts';
import type { Service, Thing } from '../organisation/things.ts';
import { randomFor } from '../random.ts';
import type { EventType } from './subscription.ts';

/** Something that subscribers are told of. */
export interface WebhookEvent {
  id: string;
  type: EventType;
  time: number;
  agent: Thing | null;
  /** The incident or service that it is about. */
  subject: Thing;
  /** Ids of the service and the teams that it concerns. */
  serviceId: string;
  teamIds: readonly string[];
  data: object;
}

/** The event that an entry of each type makes; notifications, snoozes and changes of urgency make none. */
const OF_ENTRY: Readonly<Record<string, EventType>> = {
  trigger: 'incident.triggered',
  acknowledge: 'incident.acknowledged',
  acknowledgement: 'incident.acknowledged',
  unacknowledge: 'incident.unacknowledged',
  escalate: 'incident.escalated',
  assign: 'incident.reassigned',
  reassign: 'incident.reassigned',
  delegate: 'incident.delegated',
  annotate: 'incident.annotated',
  priority_change: 'incident.priority_updated',
  status_update: 'incident.status_update_published',
  responder_request_for_escalation_policy: 'incident.responder.added',
  reopen: 'incident.reopened',
  resolve: 'incident.resolved',
};

const OF_CHANGE = {
  create: 'service.created',
  update: 'service.updated',
  delete: 'service.deleted',
} as const satisfies Record<Change['action'], EventType>;

/** Everything that happened in [since, until), epoch ms, in order of time. */
export function eventsWithin(timeline: Timeline, since: number, until: number): WebhookEvent[] {
  const isIn = ({ time }: { time: number }) => time >= since && time < until;
  const entries = timeline.entriesWithin({ since, until });
  const touched = new Set([...timeline.openIncidents(), ...entries.map(({ incident }) => incident)]);
  const moves = [...touched].flatMap((incident) =>
    incident.steps
      .filter((step) => isIn(step) && step.change.service)
      .map(({ time }) => incidentEvent(incident, 'incident.service_updated', time)),
  );
  return [
    ...entries.flatMap((entry) => entryEvent(entry) ?? []),
    ...moves,
    ...timeline
      .changes()
      .filter(isIn)
      .flatMap((change) => serviceEvent(change) ?? []),
  ].sort((a, b) => a.time - b.time);
}

/** The event of an entry; a further trigger and the first assignment are none. */
function entryEvent(entry: LogEntry): WebhookEvent | null {
  const { type, time, incident, agent } = entry;
  const event = OF_ENTRY[type];
  const isFirst = incident.entries.find((other) => other.type === type) === entry;
  if (!event || (type === 'trigger' && !isFirst) || (type === 'assign' && isFirst)) return null;
  const about = incidentEvent(incident, event, time, entry.id, agent);
  return type === 'annotate' ? { ...about, data: annotation(entry) } : about;
}

function incidentEvent(
  incident: Incident,
  type: EventType,
  time: number,
  cause: string = incident.id,
  agent: Thing | null = null,
): WebhookEvent {
  const { data, state } = webhookIncident(incident, time);
  return {
    id: idOf(type, cause, time),
    ...{ type, time, agent, subject: incident, data },
    serviceId: state.service.id,
    teamIds: state.teams.map(({ id }) => id),
  };
}

function serviceEvent({ time, thing, action }: Change): WebhookEvent | null {
  if (thing.kind !== 'service') return null;
  const service = thing as Service;
  const type = OF_CHANGE[action];
  return {
    id: idOf(type, service.id, time),
    ...{ type, time, agent: null, subject: service, data: webhookService(service) },
    serviceId: service.id,
    teamIds: [service.team.id],
  };
}

function idOf(type: string, cause: string, time: number): string {
  return randomFor('event', type, cause, time).id('0', 26);
}
