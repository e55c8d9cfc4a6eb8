import { DateTime } from 'luxon';
import type { Answer, Expected } from './answer.ts';
import { addDays, hourClassAt, readingAt } from './calendar.ts';
import { contactDimensions, valuesOf } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import type { Notification, Page } from './pages.ts';
import type { Named } from './people.ts';
import { rangeOf, type TableQuery } from './query.ts';

const joined = (things: Named[], key: keyof Named) => ({ joined: things.map((thing) => thing[key]) });

/** The night that holds an instant on a wall clock, by the date on which it began; null by day. */
function nightOf(time: number, zone: string): string | null {
  if (hourClassAt(time, zone) !== 'sleep') return null;
  const { date, hour } = readingAt(time, zone);
  return hour < 8 ? addDays(date, -1) : date;
}

function cellsOf(page: Page, notifications: number): Record<string, Expected> {
  const { time, person, incident } = page;
  return {
    time,
    local_time: DateTime.fromMillis(time, { zone: person.zone }).toFormat('yyyy-MM-dd HH:mm:ss'),
    user: person.name,
    user_id: person.id,
    incident: incident?.number ?? null,
    incident_id: page.incidentId,
    service: page.service?.name ?? null,
    service_id: page.service?.id ?? null,
    teams: joined(page.teams, 'name'),
    team_ids: joined(page.teams, 'id'),
    escalation_policy: incident?.escalationPolicy?.name ?? null,
    escalation_policy_id: incident?.escalationPolicy?.id ?? null,
    schedule: joined(page.schedules, 'name'),
    schedule_id: joined(page.schedules, 'id'),
    urgency: page.urgency,
    priority: page.priority?.name ?? null,
    priority_id: page.priority?.id ?? null,
    means: page.means,
    hour_class: hourClassAt(time, person.zone),
    night: nightOf(time, person.zone),
    notifications,
    interruption: page.interruption,
  };
}

/** How many contact attempts each page is made of, by the page's id. */
function sizesOf(facts: Facts): Map<string, number> {
  const chainOf = ({ incidentId, person }: Notification) => `${incidentId} ${person?.id}`;
  const contacts = facts.notifications.filter(({ person, means }) => person && means !== 'email');
  const pages = Map.groupBy(facts.pages, chainOf);
  const sizes = new Map<string, number>();
  for (const contact of contacts) {
    const page = pages.get(chainOf(contact))?.findLast(({ time }) => time <= contact.time);
    if (page) sizes.set(page.id, (sizes.get(page.id) ?? 0) + 1);
  }
  return sizes;
}

/** What a pages query must be answered with: a row per page of the range. */
export function pagesAnswer(facts: Facts, query: TableQuery): Answer {
  const { from, to } = rangeOf(query);
  const sizes = sizesOf(facts);
  const rows = facts.pages
    .filter(({ time }) => time >= from && time < to)
    .filter((page) => {
      const clock = { instant: page.time, zone: page.person.zone };
      return passes(query.filters, valuesOf(contactDimensions, page, clock));
    })
    .map((page) => ({ cells: cellsOf(page, sizes.get(page.id) ?? 0), required: true }));
  return { key: ['incident_id', 'user_id', 'time'], rows };
}
