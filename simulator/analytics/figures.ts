import type { LogEntry } from '../life/incident.ts';
import type { Thing } from '../organisation/things.ts';
import { SECOND } from '../time.ts';
import { interruptionsOf } from './interruptions.ts';
import type { Past } from './past.ts';

/** Who did what with an incident, and how long it took; times in seconds, null where there is none. */
export type Figures = ReturnType<typeof figuresOf>;

/** Types of entries that put others in charge, beside escalations. */
const REASSIGNMENTS = ['reassign', 'delegate'];

const ACKNOWLEDGEMENTS = ['acknowledge', 'acknowledgement'];

/** The figures that analytics tells of an incident; people without a zone live in the one given. */
export function figuresOf(past: Past, zone: string) {
  const { incident, state, entries } = past;
  const { createdAt } = incident;
  const taken = takings(entries);
  const [first, last] = [taken.at(0), taken.at(-1)].map((each) => each?.time ?? null);
  const several = taken.length > 1;
  const escalations = entries.filter(({ type }) => type === 'escalate');
  const byTimeout = escalations.filter(({ channel }) => channel.type === 'timeout').length;
  const assigned = entries.filter(({ assignees }) => assignees !== undefined);
  const resolvedBy = state.status === 'resolved' ? entries.findLast(({ type }) => type === 'resolve') : null;
  return {
    acknowledged: taken.map(({ person }) => person),
    assigned: [...new Set(assigned.flatMap(({ assignees }) => assignees ?? []))],
    resolver: resolvedBy?.agent?.kind === 'user' ? resolvedBy.agent : null,
    autoResolved: resolvedBy != null && resolvedBy.agent?.kind !== 'user',
    acknowledgements: entries.filter(({ type }) => ACKNOWLEDGEMENTS.includes(type)).length,
    assignments: assigned.length,
    reassignments: reassignmentsOf(entries),
    escalations: escalations.length,
    timeoutEscalations: byTimeout,
    manualEscalations: escalations.length - byTimeout,
    secondsToFirstAck: first == null ? null : (first - createdAt) / SECOND,
    secondsToEngage: several && first != null && last != null ? (last - first) / SECOND : null,
    secondsToMobilize: several && last != null ? (last - createdAt) / SECOND : null,
    secondsToResolve: state.resolvedAt === null ? null : (state.resolvedAt - createdAt) / SECOND,
    engagedSeconds: engagedSeconds(
      taken.map(({ time }) => time),
      state.resolvedAt,
    ),
    snoozedSeconds: snoozedSeconds(entries),
    notifications: entries.filter(({ type }) => type === 'notify').length,
    interruptions: interruptionsOf(entries, zone),
  };
}

/** When each person first acknowledged, in order of time. */
function takings(entries: readonly LogEntry[]): { person: Thing; time: number }[] {
  const first = new Map<Thing, number>();
  for (const { type, agent, time } of entries) {
    if (ACKNOWLEDGEMENTS.includes(type) && agent?.kind === 'user' && !first.has(agent))
      first.set(agent, time);
  }
  return [...first].map(([person, time]) => ({ person, time }));
}

/** Entries that handed the incident on; the first of type assign begins it. */
function reassignmentsOf(entries: readonly LogEntry[]): number {
  const assigns = entries.filter(({ type }) => type === 'assign').length;
  return Math.max(0, assigns - 1) + entries.filter(({ type }) => REASSIGNMENTS.includes(type)).length;
}

/** The time that each person was engaged, from the first acknowledgement to the end, added up; 0 before the end. */
function engagedSeconds(takenAt: readonly number[], resolvedAt: number | null): number {
  if (resolvedAt === null) return 0;
  return takenAt.reduce((sum, at) => sum + Math.max(0, resolvedAt - at), 0) / SECOND;
}

/** Seconds from each snooze until it ended, or something else changed who has the incident. */
function snoozedSeconds(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, { type, time, channel }, index) => {
    if (type !== 'snooze') return sum;
    const until = time + Number(channel.duration) * SECOND;
    const end = entries.slice(index + 1).find((later) => ['unacknowledge', 'resolve'].includes(later.type));
    return sum + (Math.min(until, end?.time ?? until) - time) / SECOND;
  }, 0);
}
