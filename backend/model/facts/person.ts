import { type HourClass, type Hours, hourClass, localParts } from '../../calendar/hours.ts';
import { nightOf } from '../../calendar/night.ts';
import type { Zone } from '../../calendar/zone.ts';

/** A zone that a person's wall clock follows from an instant on (epoch ms, -Infinity for the first). */
export interface ZoneSince {
  since: number;
  zone: Zone;
}

/** What the clock facts of a person depend on. */
export interface Person {
  /** At least one, ascending; the first holds for all earlier times. */
  zones: readonly ZoneSince[];
  hours: Hours;
}

/** What an instant is for a person. */
export interface LocalFacts {
  /** The wall clock as if it were UTC, ms. */
  local_time: number;
  hour_class: HourClass;
  /** 1 = Monday. */
  weekday: number;
  hour: number;
  /** Local date on which the night began; null outside the sleep span. */
  night: string | null;
}

/** A person's zones from the rows of their history (by version): the account's zone where there is none. */
export function zonesOf(
  history: readonly { seen_at: number | null; zone: Zone }[],
  accountZone: Zone,
): ZoneSince[] {
  const [first, ...later] = history;
  return [
    { since: Number.NEGATIVE_INFINITY, zone: first?.zone ?? accountZone },
    ...later.map(({ seen_at, zone }) => ({ since: seen_at ?? Number.NEGATIVE_INFINITY, zone })),
  ];
}

/** Hour class, weekday, hour and night of an instant on the person's wall clock at that time. */
export function localFacts(at: number, person: Person): LocalFacts {
  return wallClockFacts(zoneAt(at, person).toLocal(at), person.hours);
}

/** Hour class, weekday, hour and night of a wall clock. */
export function wallClockFacts(local: number, hours: Hours): LocalFacts {
  const { weekday, hour } = localParts(local);
  return {
    local_time: local,
    hour_class: hourClass(local, hours),
    weekday,
    hour,
    night: nightOf(local, hours),
  };
}

/** The zone of a person at an instant. */
export function zoneAt(at: number, { zones }: Person): Zone {
  const current = zones.findLast(({ since }) => since <= at) ?? zones[0];
  if (!current) throw new Error('a person has at least one zone');
  return current.zone;
}
