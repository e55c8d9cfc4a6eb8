import type { Account } from './account.ts';
import { MINUTE } from './calendar.ts';
import type { Incident } from './incidents.ts';
import { compareIds, type Entry, inOrder, isNotify } from './log.ts';
import type { Duty } from './on-call.ts';
import type { Directory, Named, Person } from './people.ts';

const WINDOW = 5 * MINUTE;

/** One contact attempt with what held at its instant; the incident is null where it can no longer be read. */
export interface Notification {
  id: string;
  time: number;
  means: string;
  person: Person | null;
  incidentId: string;
  incident: Incident | null;
  service: Named | null;
  teams: Named[];
  urgency: string | null;
  priority: Named | null;
  schedules: Named[];
}

/** The first of a person's contact attempts within five minutes for one incident. */
export interface Page extends Notification {
  person: Person;
  interruption: boolean;
}

function meansOf(entry: Entry): string {
  const type = entry.channel?.notification?.type ?? '';
  const means = type.replace(/_notification$/, '');
  return ['sms', 'phone', 'push', 'email'].includes(means) ? means : 'unknown';
}

function urgencyAt(incident: Incident, time: number): string {
  const flips = incident.entries.filter(
    (entry) => entry.type === 'urgency_change_log_entry' && entry.time > time,
  );
  if (flips.length % 2 === 0) return incident.urgency;
  return incident.urgency === 'high' ? 'low' : 'high';
}

function priorityAt(incident: Incident, time: number, account: Account, directory: Directory): Named | null {
  const change = incident.entries.find(
    (entry) => entry.type === 'priority_change_log_entry' && entry.time > time,
  );
  if (!change) return incident.priority;
  const old = change.channel?.old_priority;
  if (!old) return null;
  const name = typeof old === 'string' ? old : (old.name ?? old.summary);
  const known = account.priorities.find(
    (priority) =>
      (typeof old !== 'string' && priority.id === old.id) || (priority.name ?? priority.summary) === name,
  );
  if (known) return directory.priority(known);
  return typeof old === 'string' ? { id: old, name: old } : directory.priority(old);
}

function schedulesAt(
  incident: Incident | null,
  person: Person | null,
  time: number,
  duties: Map<string, Duty[]>,
): Named[] {
  const policy = incident?.escalationPolicy?.id;
  const schedules = (duties.get(person?.id ?? '') ?? [])
    .filter((duty) => duty.escalationPolicy.id === policy)
    .filter((duty) => duty.from <= time && time < duty.to)
    .flatMap((duty) => duty.schedule ?? []);
  return [...new Map(schedules.map((schedule) => [schedule.id, schedule])).values()];
}

/** Every contact attempt of an account, in order of time and log entry id. */
export function notificationsOf(
  account: Account,
  directory: Directory,
  incidents: Incident[],
  duties: Duty[],
): Notification[] {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const byPerson = Map.groupBy(duties, (duty) => duty.person.id);
  return inOrder(account.logEntries)
    .filter(isNotify)
    .map((entry) => {
      const incident = byId.get(entry.incident.id) ?? null;
      const reference = entry.user ?? entry.channel?.notification?.user ?? null;
      const person = reference ? directory.person(reference) : null;
      return {
        id: entry.id,
        time: entry.time,
        means: meansOf(entry),
        person,
        incidentId: entry.incident.id,
        incident,
        service: incident?.service ?? (entry.service ? directory.service(entry.service) : null),
        teams: incident?.teams ?? (entry.teams ?? []).map(directory.team),
        urgency: incident ? urgencyAt(incident, entry.time) : null,
        priority: incident ? priorityAt(incident, entry.time, account, directory) : null,
        schedules: schedulesAt(incident, person, entry.time, byPerson),
      };
    });
}

/** Of events in order, those that come over five minutes after the last one kept. */
export function openingsOf<T extends { time: number }>(events: T[]): T[] {
  const openings: T[] = [];
  for (const event of events) {
    const last = openings.at(-1);
    if (!last || event.time - last.time > WINDOW) openings.push(event);
  }
  return openings;
}

/** The pages among contact attempts in order, each marked where it begins a burst to its person. */
export function pagesOf(notifications: Notification[]): Page[] {
  const contacts = notifications.flatMap((notification) => {
    const { person, means } = notification;
    return person && means !== 'email' ? [{ ...notification, person, interruption: false }] : [];
  });
  const chains = Map.groupBy(contacts, (contact) => `${contact.incidentId} ${contact.person.id}`);
  const pages = [...chains.values()]
    .flatMap(openingsOf)
    .sort((a, b) => a.time - b.time || compareIds(a.incidentId, b.incidentId));
  for (const toPerson of Map.groupBy(pages, (page) => page.person.id).values()) {
    for (const first of openingsOf(toPerson)) first.interruption = true;
  }
  return pages;
}
