import type { Answer, Expected } from './answer.ts';
import { incidentDimensions, valuesOf } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import type { Incident } from './incidents.ts';
import { type Entry, isNotify, isPerson } from './log.ts';
import { rangeOf, type TableQuery } from './query.ts';

function cellsOf(entry: Entry, incident: Incident, notified: string | null): Record<string, Expected> {
  const agent = isPerson(entry.agent) ? entry.agent.id : null;
  return {
    time: entry.time,
    id: entry.id,
    type: entry.type,
    incident: incident.number,
    incident_id: incident.id,
    user_id: notified ?? agent,
    service: incident.service.name,
    service_id: incident.service.id,
    duration: entry.type === 'snooze_log_entry' ? secondsOf(entry.channel?.duration) : null,
    channel: entry.channel?.type ?? null,
  };
}

function secondsOf(told: number | string | null | undefined): number | null {
  return told === null || told === undefined ? null : Number(told);
}

/** What a log_entries query must be answered with, of incidents that can be read: a row per entry of the range. What the lines say is not told here. */
export function logEntriesAnswer(facts: Facts, query: TableQuery): Answer {
  const { from, to } = rangeOf(query);
  const notified = new Map(facts.notifications.map(({ id, person }) => [id, person?.id ?? null]));
  const rows = facts.incidents.flatMap((incident) =>
    incident.entries
      .filter(({ time }) => time >= from && time < to)
      .filter(({ time }) => {
        const clock = { instant: time, zone: query.timeZone };
        return passes(query.filters, valuesOf(incidentDimensions, incident, clock));
      })
      .map((entry) => {
        const person = isNotify(entry) ? (notified.get(entry.id) ?? null) : (entry.user?.id ?? null);
        return { cells: cellsOf(entry, incident, person), required: true };
      }),
  );
  return { key: ['id'], rows };
}
