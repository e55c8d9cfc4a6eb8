import { HOUR, MINUTE } from './calendar.ts';
import type { Facts } from './facts.ts';
import { type Interval, union } from './intervals.ts';
import { type Entry, isNotify, isPerson } from './log.ts';
import type { Notification } from './pages.ts';

/** A stretch in which somebody was kept awake, with the contact attempt that began it. */
export interface Awake extends Interval {
  first: Notification;
}

function endOf(notification: Notification, entries: Entry[]): number {
  const { time, person } = notification;
  const last = entries.findLast(
    (entry) =>
      !isNotify(entry) &&
      isPerson(entry.agent) &&
      entry.agent.id === person?.id &&
      entry.time >= time &&
      entry.time <= time + 4 * HOUR,
  );
  return (last ? last.time : time + 10 * MINUTE) + 20 * MINUTE;
}

const knownAwake = new WeakMap<Facts, Map<string, Awake[]>>();

/** The merged stretches, by person id, in which people were awake over something other than an e-mail. */
export function awakeByPerson(facts: Facts): Map<string, Awake[]> {
  const known = knownAwake.get(facts) ?? allAwake(facts);
  knownAwake.set(facts, known);
  return known;
}

function allAwake(facts: Facts): Map<string, Awake[]> {
  const entries = new Map(facts.incidents.map((incident) => [incident.id, incident.entries]));
  const contacts = facts.notifications.filter(({ person, means }) => person && means !== 'email');
  const stretches = Map.groupBy(contacts, ({ person }) => person?.id ?? '');
  return new Map(
    [...stretches].map(([person, notifications]) => [
      person,
      union(
        notifications.map((first) => ({
          from: first.time,
          to: endOf(first, entries.get(first.incidentId) ?? []),
          first,
        })),
      ),
    ]),
  );
}
