import { DAY, HOUR, MINUTE, QUARTER, quarterOf, readingAt } from './calendar.ts';
import type { Facts } from './facts.ts';
import type { Interval } from './intervals.ts';
import type { Chance } from './random.ts';

/** Zones that differ in all that matters: half and quarter hours, both hemispheres, a change of 30 minutes. */
export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Santiago',
] as const;

function clockChanges(from: number, to: number): number[] {
  const changes = new Set<number>();
  for (const zone of zones) {
    for (let instant = quarterOf(from); instant < to; instant += QUARTER) {
      if (readingAt(instant, zone).offset !== readingAt(instant - QUARTER, zone).offset) changes.add(instant);
    }
  }
  return [...changes];
}

function amidBursts(facts: Facts, chance: Chance): Interval[] {
  const later = facts.pages.filter(
    (page) => !page.interruption && page.time < facts.harvestedUntil - 10 * DAY,
  );
  if (later.length === 0) return [];
  return Array.from({ length: 3 }, () => {
    const from = chance.pick(later).time;
    return { from, to: from + 9 * DAY };
  });
}

/** Ranges of a few days, for hours and for dimensions of many values: around clock changes, bursts and the end. */
export function shortRanges(facts: Facts, chance: Chance): Interval[] {
  const end = facts.harvestedUntil;
  const changes = clockChanges(firstInstantOf(facts) + 2 * DAY, end - 2 * DAY);
  return [
    ...changes.map((change) => ({ from: change - 30 * HOUR, to: change + 27 * HOUR })),
    ...amidBursts(facts, chance).map(({ from }) => ({ from, to: from + 2 * DAY })),
    { from: end - 2 * DAY, to: end + DAY },
    { from: end - 20 * DAY + 7 * MINUTE, to: end - 18 * DAY + 41 * MINUTE },
  ];
}

/** Ranges of a week and more: whole, cut amid a week or a burst, across every clock change, past the end. */
export function longRanges(facts: Facts, chance: Chance): Interval[] {
  const end = facts.harvestedUntil;
  const first = firstInstantOf(facts);
  const changes = clockChanges(first + 5 * DAY, end - 5 * DAY);
  return [
    { from: first, to: end },
    { from: end - 28 * DAY, to: end },
    { from: end - 17 * DAY - 5 * HOUR, to: end - 6 * DAY + 23 * MINUTE },
    { from: end - 8 * DAY, to: end + 3 * DAY },
    ...changes.map((change) => ({ from: change - 5 * DAY, to: change + 4 * DAY + 17 * MINUTE })),
    ...amidBursts(facts, chance),
  ];
}

/** Those ranges that are no longer than so many days. */
export function within(ranges: Interval[], days: number): Interval[] {
  return ranges.filter(({ from, to }) => to - from <= days * DAY);
}

/** The earliest midnight (UTC) from which the account has incidents and the harvest covers. */
export function firstInstantOf(facts: Facts): number {
  const first = facts.incidents.reduce(
    (least, { createdAt }) => Math.min(least, createdAt),
    facts.harvestedUntil,
  );
  return Math.max(facts.since, Math.floor(first / DAY) * DAY);
}
