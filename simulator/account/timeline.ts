import { type Incident, type LogEntry, type State, stateAfter } from '../life/incident.ts';
import { incidentsOfHour, incidentsOfMinute } from '../life/slots.ts';
import { makeCompany, makeNewcomer } from '../organisation/organisation.ts';
import type { Organisation } from '../organisation/things.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';

/** The sizes of accounts: days of history, and who is there. */
export const SIZES = {
  empty: { days: 0, organisation: makeNewcomer },
  small: { days: 90, organisation: makeCompany },
} as const satisfies Record<
  string,
  { days: number; organisation: (seed: number, until: number) => Organisation }
>;

/** The name of a size. */
export type Size = keyof typeof SIZES;

/** What an account follows from; `until` in epoch ms. */
export interface Origin {
  seed: number;
  size: Size;
  until: number;
  /** New incidents per minute after `until`, beside the usual ones; 0 for an account that stands still. */
  liveRate: number;
}

/** An account in the course of time. */
export interface Timeline {
  organisation: Organisation;
  /** Lets time pass up to an instant, epoch ms; never back. */
  advance(now: number): void;
  /** Incidents that are there, in order of their numbers. */
  incidents(): readonly Incident[];
  /** Log entries that were made, in order of time. */
  entries(): readonly LogEntry[];
  /** The incident as it now is. */
  state(incident: Incident): State;
  /** When the incident last changed. */
  updatedAt(incident: Incident): number;
  /** An incident that is there, by id or number. */
  find(idOrNumber: string): Incident | undefined;
}

/** Makes an account as it is at the beginning of its history. */
export function makeTimeline({ seed, size, until, liveRate }: Origin): Timeline {
  const { days, organisation: make } = SIZES[size];
  const organisation = make(seed, until);
  const since = until - days * DAY;
  const hours = slots(since, HOUR, (start) => (days === 0 ? [] : incidentsOfHour(organisation, seed, start)));
  const minutes = slots(until, MINUTE, (start) =>
    days === 0 || liveRate === 0 ? [] : incidentsOfMinute(organisation, seed, start, liveRate),
  );
  const awaited = { incidents: [] as Incident[], entries: [] as LogEntry[] };
  const incidents: Incident[] = [];
  const entries: LogEntry[] = [];
  const byName = new Map<string, Incident>();
  const states = new Map<Incident, { count: number; state: State }>();

  const admit = (incident: Incident) => {
    incident.number = incidents.push(incident);
    incident.name = `[#${incident.number}] ${incident.title}`;
    byName.set(incident.id, incident).set(String(incident.number), incident);
  };

  return {
    organisation,
    advance(now) {
      const born = [...hours(now), ...minutes(now)].filter(({ createdAt }) => createdAt >= since);
      awaited.incidents = [...awaited.incidents, ...born].sort(
        (a, b) => a.createdAt - b.createdAt || byId(a, b),
      );
      const there = takeWhile(awaited.incidents, ({ createdAt }) => createdAt <= now);
      for (const incident of there) admit(incident);
      const coming = born.flatMap((incident) => incident.entries);
      if (coming.length > 0) {
        awaited.entries = [...awaited.entries, ...coming].sort(
          (a, b) => a.time - b.time || byId(a.incident, b.incident),
        );
      }
      for (const entry of takeWhile(awaited.entries, ({ time }) => time <= now)) {
        entries.push(entry);
        const { incident } = entry;
        const known = states.get(incident) ?? { count: 0, state: stateAfter(incident, 0) };
        known.state = { ...known.state, ...entry.change };
        known.count += 1;
        states.set(incident, known);
      }
    },
    incidents: () => incidents,
    entries: () => entries,
    state: (incident) => states.get(incident)?.state ?? incident.birth,
    updatedAt: (incident) =>
      incident.entries[(states.get(incident)?.count ?? 0) - 1]?.time ?? incident.createdAt,
    find: (idOrNumber) => byName.get(idOrNumber),
  };
}

/** Makes the slots that begin up to an instant, each once; the first is the one that holds `from`. */
function slots(from: number, length: number, make: (start: number) => Incident[]) {
  let next = Math.floor(from / length) * length;
  return (now: number): Incident[] => {
    const made: Incident[] = [];
    for (; next <= now; next += length) made.push(...make(next));
    return made;
  };
}

/** Settles ties, so that it does not matter in which steps time passed. */
function byId(a: Incident, b: Incident): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** Takes the first items that fit out of a list. */
function takeWhile<T>(list: T[], fits: (item: T) => boolean): T[] {
  const end = list.findIndex((item) => !fits(item));
  return list.splice(0, end < 0 ? list.length : end);
}
