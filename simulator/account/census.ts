import { type Ground, latestCreation, type Opening, openingsOf } from '../life/openings.ts';
import { type Place, spanOf } from '../life/place.ts';
import type { Service } from '../organisation/things.ts';
import { HOUR, MINUTE } from '../time.ts';
import { keepRecent } from './recent.ts';

/** Of what a census is taken; times are epoch ms. */
export interface Land extends Ground {
  /** Where the account's history begins. */
  since: number;
  /** From here on a live account has its additional incidents. */
  liveSince: number;
}

/** Counts and numbers incidents by their openings alone, without writing any life. Numbers begin with 1 and have no gaps. */
export interface Census {
  /** Lets time pass up to an instant, epoch ms. */
  advance(now: number): void;
  /** How many incidents are created before an instant. */
  countBefore(instant: number): number;
  /** The incident of a number. */
  numbered(number: number): Opening | undefined;
  numberOf(opening: Opening): number;
  /** The incident of a place, if it is created before an instant. */
  at(place: Place, before: number): Opening | undefined;
  /** An incident and all that belong to the same storm, in the order of their places. */
  companyOf(opening: Opening): readonly Opening[];
  /** Those of an unusual course created in [since, until). */
  unusual(since: number, until: number): Opening[];
  /** When the latest incident of a service was created, as of the time that has passed. */
  latestOf(service: Service): number | null;
}

const SLOTS_KEPT = 200;

/** Takes a census as far as it is asked for. */
export function takeCensus(land: Land): Census {
  const firstHour = Math.floor(land.since / HOUR);
  const slots = keepRecent<number, Opening[]>(SLOTS_KEPT);
  const hours = keepRecent<number, Opening[]>(SLOTS_KEPT);
  /** How many incidents are created before each hour. */
  const sums = [0];
  const unusual: Opening[] = [];
  const passed = { hours: firstHour, now: land.since, latest: new Map<Service, number>() };

  const inSlot = (slot: number) => slots.get(slot) ?? slots.set(slot, openingsOf(land, slot));
  const inHour = (hour: number) => hours.get(hour) ?? hours.set(hour, collect(land, hour, inSlot));
  const sumBefore = (hour: number): number => {
    while (sums.length <= hour - firstHour) {
      const found = inHour(firstHour + sums.length - 1);
      unusual.push(...found.filter(({ course }) => course !== 'usual'));
      sums.push((sums.at(-1) ?? 0) + found.length);
    }
    return sums[hour - firstHour] ?? 0;
  };

  return {
    advance(now) {
      passed.now = now;
      for (; (passed.hours + 1) * HOUR <= now; passed.hours += 1) {
        sumBefore(passed.hours + 1);
        for (const { service, createdAt } of inHour(passed.hours)) passed.latest.set(service, createdAt);
      }
    },
    countBefore(instant) {
      if (instant <= land.since) return 0;
      const hour = Math.floor(instant / HOUR);
      return sumBefore(hour) + inHour(hour).filter(({ createdAt }) => createdAt < instant).length;
    },
    numbered(number) {
      const hour = firstHour + lastBelow(sums, number);
      return inHour(hour)[number - 1 - sumBefore(hour)];
    },
    numberOf(opening) {
      const hour = Math.floor(opening.createdAt / HOUR);
      return sumBefore(hour) + 1 + inHour(hour).findIndex((other) => compare(other, opening) === 0);
    },
    at({ slot, index }, before) {
      const opening = isOf(land, slot) ? inSlot(slot)[index] : undefined;
      return opening && exists(land, opening) && opening.createdAt < before ? opening : undefined;
    },
    companyOf(opening) {
      const { storm, place } = opening;
      if (!storm) return [opening];
      return inSlot(place.slot).filter((other) => other.storm?.place.index === storm.place.index);
    },
    unusual: (since, until) => unusual.filter(({ createdAt }) => createdAt >= since && createdAt < until),
    latestOf(service) {
      const own = (opening: Opening) => opening.service === service && opening.createdAt <= passed.now;
      const recent = inHour(passed.hours).findLast(own);
      return recent?.createdAt ?? passed.latest.get(service) ?? null;
    },
  };
}

/** The incidents created in an hour, in the order of creation. */
function collect(land: Land, hour: number, inSlot: (slot: number) => Opening[]): Opening[] {
  const before = Math.ceil(latestCreation(land.model) / HOUR);
  const slots = Array.from({ length: before + 1 }, (_, index) => hour - before + index);
  const minutes = Array.from({ length: land.liveRate > 0 ? HOUR / MINUTE : 0 }, (_, index) => {
    return (hour * HOUR) / MINUTE + index;
  });
  return [...slots, ...minutes]
    .filter((slot) => isOf(land, slot))
    .flatMap(inSlot)
    .filter((opening) => Math.floor(opening.createdAt / HOUR) === hour && exists(land, opening))
    .sort(compare);
}

function compare(a: Opening, b: Opening): number {
  return a.createdAt - b.createdAt || a.place.slot - b.place.slot || a.place.index - b.place.index;
}

/** True for a slot that the account has. */
function isOf({ since, liveSince, liveRate }: Land, slot: number): boolean {
  const { start, length } = spanOf(slot);
  return length === HOUR ? start + HOUR > since : liveRate > 0 && start + MINUTE > liveSince;
}

function exists({ since, liveSince }: Land, { createdAt, place }: Opening): boolean {
  return createdAt >= (spanOf(place.slot).length === HOUR ? since : liveSince);
}

/** The index of the last sum that is below a number. */
function lastBelow(sums: readonly number[], number: number): number {
  let [low, high] = [0, sums.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
