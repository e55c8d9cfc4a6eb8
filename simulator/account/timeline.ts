import { LONGEST_LIFE, USUAL_LIFE } from '../life/course.ts';
import type { Incident, LogEntry, State } from '../life/incident.ts';
import { placeOf } from '../life/place.ts';
import type { Model } from '../model/schema.ts';
import { makeOrganisation } from '../organisation/organisation.ts';
import type { Organisation, Service } from '../organisation/things.ts';
import { DAY } from '../time.ts';
import { takeCensus } from './census.ts';
import { type Change, makeChanges } from './changes.ts';
import { makeLives } from './lives.ts';
import { keepRecent } from './recent.ts';

/** What an account follows from; `until` in epoch ms. */
export interface Origin {
  seed: number;
  model: Model;
  until: number;
  /** New incidents per minute after `until`, beside the usual ones; 0 for an account that stands still. */
  liveRate: number;
}

/** A time in epoch ms, [since, until); null for no bound. */
export interface Range {
  since: number | null;
  until: number | null;
}

/** Rows of which any part can be had; arrays are such rows. */
export interface Rows<T> {
  readonly length: number;
  slice(from: number, to: number): readonly T[];
}

/** An account in the course of time: it shows what has happened up to now and writes lives only when they are looked at. */
export interface Timeline {
  organisation: Organisation;
  /** What became of people and things up to now, in order of time. */
  changes(): readonly Change[];
  /** Lets time pass up to an instant, epoch ms; never back. */
  advance(now: number): void;
  /** Incidents created in a range, in order of their numbers; counting them costs little. */
  incidentsWithin(range: Range): Rows<Incident>;
  /** Log entries made in a range, in order of time. */
  entriesWithin(range: Range): readonly LogEntry[];
  /** Log entries that one incident has by now, in order of time. */
  entriesOf(incident: Incident): readonly LogEntry[];
  /** Incidents that are not resolved, in order of their numbers. */
  openIncidents(): readonly Incident[];
  /** An incident that is there, by id or number. */
  find(idOrNumber: string): Incident | undefined;
  /** A log entry that was made. */
  findEntry(id: string): LogEntry | undefined;
  /** The incident as it now is. */
  state(incident: Incident): State;
  /** When the incident last changed. */
  updatedAt(incident: Incident): number;
  /** When the latest incident of a service was created; null without any. */
  lastIncidentAt(service: Service): number | null;
}

/** Results kept from one page of a question to the next. */
const ANSWERS_KEPT = 24;

/** Makes an account as it is at the beginning of its history. */
export function makeTimeline({ seed, model, until, liveRate }: Origin): Timeline {
  const organisation = makeOrganisation(model, seed, until);
  const since = until - model.days * DAY;
  const land = { organisation, model, seed, since, liveSince: until, liveRate };
  const census = takeCensus(land);
  const lives = makeLives(land, census, (incident) => known(incident).state.title);
  const changes = makeChanges(land);
  const answers = keepRecent<string, readonly LogEntry[]>(ANSWERS_KEPT);
  const states = new WeakMap<Incident, { count: number; state: State }>();
  let now = since;
  let open: readonly Incident[] | null = null;

  const visible = (range: Range) => ({
    from: Math.max(range.since ?? since, since),
    to: Math.min(range.until ?? now + 1, now + 1),
  });
  const known = (incident: Incident) => {
    const { steps, birth } = incident;
    const found = states.get(incident) ?? { count: 0, state: birth };
    for (let next = steps[found.count]; next && next.time <= now; next = steps[found.count]) {
      found.state = { ...found.state, ...next.change };
      found.count += 1;
    }
    states.set(incident, found);
    return found;
  };
  const numbered = (from: number, to: number) => lives.numbered(from + 1, to + 1);
  const findOpen = () => {
    const earlier = census
      .unusual(since, now - USUAL_LIFE)
      .filter(({ course, createdAt }) => course === 'open' || createdAt > now - LONGEST_LIFE);
    const recent = numbered(census.countBefore(now - USUAL_LIFE), census.countBefore(now + 1));
    return [...earlier.map(lives.of), ...recent].filter((one) => known(one).state.status !== 'resolved');
  };

  return {
    organisation,
    changes: changes.made,
    advance(instant) {
      if (instant === now) return;
      now = instant;
      open = null;
      changes.advance(now);
      census.advance(now);
    },
    incidentsWithin(range) {
      const { from, to } = visible(range);
      const first = census.countBefore(from);
      const length = Math.max(0, census.countBefore(to) - first);
      const bound = (index: number) => first + Math.min(index, length);
      return { length, slice: (start, end) => numbered(bound(start), bound(end)) };
    },
    entriesWithin(range) {
      const { from, to } = visible(range);
      const key = `${from}/${to}`;
      return answers.get(key) ?? answers.set(key, lives.entries(from, to));
    },
    entriesOf: (incident) => incident.entries.filter(({ time }) => time <= now),
    openIncidents: () => (open ??= findOpen()),
    find(idOrNumber) {
      if (/^\d+$/.test(idOrNumber)) {
        const number = Number(idOrNumber);
        return number >= 1 && number <= census.countBefore(now + 1)
          ? numbered(number - 1, number)[0]
          : undefined;
      }
      const incident = incidentOf(idOrNumber);
      return incident?.id === idOrNumber ? incident : undefined;
    },
    findEntry: (id) => incidentOf(id)?.entries.find((entry) => entry.id === id && entry.time <= now),
    state: (incident) => known(incident).state,
    updatedAt: (incident) => incident.steps[known(incident).count - 1]?.time ?? incident.createdAt,
    lastIncidentAt: (service) => census.latestOf(service),
  };

  function incidentOf(id: string): Incident | undefined {
    const place = placeOf(id);
    const opening = place && census.at(place, now + 1);
    return opening ? lives.of(opening) : undefined;
  }
}
