import { hourClassAt } from './calendar.ts';
import { contactDimensions, incidentDimensions, valuesOf } from './dimensions.ts';
import { beginsEpisode } from './episodes.ts';
import type { Facts } from './facts.ts';
import type { ValuesOf } from './filters.ts';
import type { Incident } from './incidents.ts';
import { type Entry, isPerson } from './log.ts';
import type { Notification, Page } from './pages.ts';

/** A row of a metric: the one instant that places it, what it adds, and its values by dimension. */
export interface MetricRow {
  time: number;
  value: number | null;
  valuesOf: ValuesOf;
}

/** How the rows of a metric make one number, and where they come from. */
export interface Metric {
  aggregate: 'count' | 'share' | 'quantile' | 'compression';
  family: 'incident' | 'people';
  rows: (facts: Facts, zone: string) => MetricRow[];
}

function ofIncidents(
  aggregate: Metric['aggregate'],
  time: (incident: Incident) => number | null,
  value: (incident: Incident, facts: Facts) => number | boolean | null,
): Metric {
  const rows: Metric['rows'] = (facts, zone) =>
    facts.incidents.flatMap((incident) => {
      const instant = time(incident);
      if (instant === null) return [];
      const added = value(incident, facts);
      return [
        {
          time: instant,
          value: added === null ? null : Number(added),
          valuesOf: valuesOf(incidentDimensions, incident, { instant, zone }),
        },
      ];
    });
  return { aggregate, family: 'incident', rows };
}

function ofContacts<T extends Notification>(
  contacts: (facts: Facts) => T[],
  value: (contact: T) => boolean,
): Metric {
  const rows: Metric['rows'] = (facts) =>
    contacts(facts).map((contact) => ({
      time: contact.time,
      value: Number(value(contact)),
      valuesOf: valuesOf(contactDimensions, contact, {
        instant: contact.time,
        zone: contact.person?.zone ?? null,
      }),
    }));
  return { aggregate: 'count', family: 'people', rows };
}

function ofEntries(counts: (entry: Entry, incident: Incident) => boolean): Metric {
  const rows: Metric['rows'] = (facts, zone) =>
    facts.incidents.flatMap((incident) =>
      incident.entries
        .filter((entry) => counts(entry, incident))
        .map(({ time }) => ({
          time,
          value: 1,
          valuesOf: valuesOf(incidentDimensions, incident, { instant: time, zone }),
        })),
    );
  return { aggregate: 'count', family: 'incident', rows };
}

const moving = ['assign_log_entry', 'reassign_log_entry', 'delegate_log_entry'];

/** Whether an incident had a verdict, as 1 or 0; null where nobody knows. */
const verdict = (wanted: Incident['actionable']) => (incident: Incident) =>
  incident.actionable === 'unknown' ? null : incident.actionable === wanted;

const contactsOf = new WeakMap<Facts, Map<string, number>>();

function contactsTo({ id }: Incident, facts: Facts): number {
  const counted = () => {
    const groups = Map.groupBy(facts.notifications, ({ incidentId }) => incidentId);
    return new Map([...groups].map(([incident, contacts]) => [incident, contacts.length]));
  };
  const known = contactsOf.get(facts) ?? counted();
  contactsOf.set(facts, known);
  return known.get(id) ?? 0;
}

const created = (incident: Incident) => incident.createdAt;
const resolved = (incident: Incident) => (incident.resolvedAfter === null ? null : incident.resolvedAt);

/** Tells whether a page begins a burst while its person sleeps. */
export function isSleepInterruption(page: Page): boolean {
  return page.interruption && hourClassAt(page.time, page.person.zone) === 'sleep';
}

const pagedOf = new WeakMap<Facts, Set<string>>();

function paged(facts: Facts): Set<string> {
  const known = pagedOf.get(facts) ?? new Set(facts.pages.map((page) => page.incidentId));
  pagedOf.set(facts, known);
  return known;
}

/** Every metric but those of on-call time, which are not sums over rows. */
export const metrics: Record<string, Metric> = {
  incidents: ofIncidents('count', created, () => 1),
  paged_incidents: ofIncidents('count', created, ({ id }, facts) => paged(facts).has(id)),
  resolved_incidents: ofIncidents('count', resolved, () => 1),
  flapping_incidents: ofIncidents('count', created, ({ flapping }) => flapping),
  time_to_acknowledge: ofIncidents('quantile', created, ({ acknowledgedAfter }) => acknowledgedAfter),
  time_to_resolve: ofIncidents('quantile', resolved, ({ resolvedAfter }) => resolvedAfter),
  unacknowledged_share: ofIncidents('share', created, ({ acknowledgedAfter }) => acknowledgedAfter === null),
  auto_resolved_share: ofIncidents('share', resolved, ({ autoResolved }) => autoResolved),
  transient_share: ofIncidents('share', resolved, ({ transient }) => transient),
  actionable_ratio: ofIncidents('share', created, verdict('yes')),
  false_positive_share: ofIncidents('share', created, verdict('no')),
  episodes: ofIncidents('count', created, beginsEpisode),
  collapse: ofIncidents('share', created, (incident, facts) => !beginsEpisode(incident, facts)),
  compression: ofIncidents(
    'compression',
    (incident) => (incident.merged ? null : incident.createdAt),
    ({ alerts }) => alerts,
  ),
  amplification: ofIncidents('share', created, contactsTo),
  escalations: ofEntries(({ type }) => type === 'escalate_log_entry'),
  reassignments: ofEntries(
    ({ type, agent, time }, { createdAt }) => moving.includes(type) && isPerson(agent) && time > createdAt,
  ),
  notifications: ofContacts(
    ({ notifications }) => notifications,
    () => true,
  ),
  pages: ofContacts(
    ({ pages }) => pages,
    () => true,
  ),
  interruptions: ofContacts(
    ({ pages }) => pages,
    (page) => page.interruption,
  ),
  sleep_interruptions: ofContacts(({ pages }) => pages, isSleepInterruption),
};
