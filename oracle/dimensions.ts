import { hourClassAt, readingAt } from './calendar.ts';
import type { Incident } from './incidents.ts';
import type { Duty } from './on-call.ts';
import type { Notification } from './pages.ts';
import type { Named } from './people.ts';

type Lookup<T> = Record<string, (subject: T) => Named[]>;

/** The dimensions whose values have an id beside the name, so two columns. */
export const identified = [
  'service',
  'team',
  'escalation_policy',
  'schedule',
  'user',
  'priority',
  'fingerprint',
];

const label = (name: string | number | null | undefined): Named[] =>
  name === null || name === undefined ? [] : [{ id: String(name), name: String(name) }];

const some = (value: Named | null | undefined): Named[] =>
  value ? [{ id: value.id, name: value.name }] : [];

/** What a clock shows at an instant, as values of the dimensions hour_class, weekday and hour. */
export const clockDimensions: Record<string, (instant: number, zone: string) => Named[]> = {
  hour_class: (instant, zone) => label(hourClassAt(instant, zone)),
  weekday: (instant, zone) => label(readingAt(instant, zone).weekday),
  hour: (instant, zone) => label(readingAt(instant, zone).hour),
};

/** The values of an incident now, in the dimensions that do not depend on a clock. */
export const incidentDimensions: Lookup<Incident> = {
  service: (incident) => some(incident.service),
  team: (incident) => incident.teams,
  escalation_policy: (incident) => some(incident.escalationPolicy),
  urgency: (incident) => label(incident.urgency),
  priority: (incident) => some(incident.priority),
  status: (incident) => label(incident.status),
  category: (incident) => label(incident.category),
  fingerprint: (incident) => some(incident.fingerprint),
  resolved_by: (incident) => label(incident.resolvedBy),
};

/** The values of a contact attempt: its incident's present ones, urgency and priority as they were then. */
export const contactDimensions: Lookup<Notification> = {
  service: (contact) => some(contact.service),
  team: (contact) => contact.teams,
  escalation_policy: (contact) => some(contact.incident?.escalationPolicy),
  urgency: (contact) => label(contact.urgency),
  priority: (contact) => some(contact.priority),
  status: (contact) => label(contact.incident?.status),
  category: (contact) => label(contact.incident?.category),
  fingerprint: (contact) => some(contact.incident?.fingerprint),
  resolved_by: (contact) => label(contact.incident?.resolvedBy),
  user: (contact) => some(contact.person),
  schedule: (contact) => contact.schedules,
  means: (contact) => label(contact.means),
};

/** The values of a stretch of duty. */
export const dutyDimensions: Lookup<Duty> = {
  user: (duty) => some(duty.person),
  schedule: (duty) => some(duty.schedule),
  escalation_policy: (duty) => some(duty.escalationPolicy),
  team: (duty) => duty.teams,
};

/** Looks a dimension's values up on a subject and its clock; throws for one that does not go with it. */
export function valuesOf<T>(
  lookup: Lookup<T>,
  subject: T,
  clock: { instant: number; zone: string | null },
): (dimension: string) => Named[] {
  return (dimension) => {
    const ofClock = clockDimensions[dimension];
    if (ofClock) return clock.zone === null ? [] : ofClock(clock.instant, clock.zone);
    const ofSubject = lookup[dimension];
    if (!ofSubject) throw new Error(`The oracle knows no dimension ${dimension} here.`);
    return ofSubject(subject);
  };
}
