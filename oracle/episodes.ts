import type { Answer } from './answer.ts';
import { MINUTE } from './calendar.ts';
import { incidentDimensions, valuesOf } from './dimensions.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import type { Incident } from './incidents.ts';
import { compareIds } from './log.ts';
import { rangeOf, type TableQuery } from './query.ts';

/** A run of incidents of one service, each created within ten minutes of the one before, in order. */
export type Episode = [Incident, ...Incident[]];

/** The episodes of all incidents. */
export function episodesOf(incidents: Incident[]): Episode[] {
  const episodes: Episode[] = [];
  for (const ofService of Map.groupBy(incidents, ({ service }) => service.id).values()) {
    const inOrder = ofService.toSorted((a, b) => a.createdAt - b.createdAt || compareIds(a.id, b.id));
    let last = Number.NEGATIVE_INFINITY;
    for (const incident of inOrder) {
      if (incident.createdAt - last <= 10 * MINUTE) episodes.at(-1)?.push(incident);
      else episodes.push([incident]);
      last = incident.createdAt;
    }
  }
  return episodes;
}

const beginningsOf = new WeakMap<Facts, Set<string>>();

/** Tells whether an incident begins an episode. */
export function beginsEpisode(incident: Incident, facts: Facts): boolean {
  const known = beginningsOf.get(facts) ?? new Set(facts.episodes.map(([first]) => first.id));
  beginningsOf.set(facts, known);
  return known.has(incident.id);
}

/** What an episodes query must be answered with: a row per episode that begins in the range. */
export function episodesAnswer(facts: Facts, query: TableQuery): Answer {
  const { from, to } = rangeOf(query);
  const pages = Map.groupBy(facts.pages, ({ incidentId }) => incidentId);
  const rows = facts.episodes
    .filter(([{ createdAt }]) => createdAt >= from && createdAt < to)
    .filter(([first]) => {
      const clock = { instant: first.createdAt, zone: query.timeZone };
      return passes(query.filters, valuesOf(incidentDimensions, first, clock));
    })
    .map((episode) => {
      const [first] = episode;
      const ends = episode.map(({ resolvedAt }) => resolvedAt);
      const cells = {
        time: first.createdAt,
        end: ends.includes(null) ? null : Math.max(...ends.map(Number)),
        service: first.service.name,
        service_id: first.service.id,
        incidents: episode.length,
        pages: episode.reduce((sum, { id }) => sum + (pages.get(id)?.length ?? 0), 0),
        first_title: first.title,
      };
      return { cells, required: true };
    });
  return { key: ['service_id', 'time'], rows };
}
