import type { Answer, ExpectedRow } from './answer.ts';
import { type Awake, awakeByPerson } from './awake.ts';
import { HOUR, MINUTE, type Night, nightsBeginningIn } from './calendar.ts';
import type { Facts } from './facts.ts';
import { passes } from './filters.ts';
import { clip, type Interval, lengthOf, longestGap, union } from './intervals.ts';
import type { Page } from './pages.ts';
import type { Person } from './people.ts';
import { type NightMapQuery, rangeOf, type TableQuery } from './query.ts';

interface PersonNights {
  person: Person;
  duty: Interval[];
  interruptions: Page[];
  awake: Awake[];
}

function sleepOf(night: Night, awake: Awake[], sleepInterruptions: number, next: Page | undefined) {
  const longest = longestGap(awake, night.from, night.to) / MINUTE;
  const broken = longest < 360 || sleepInterruptions >= 2;
  return {
    awake_minutes: lengthOf(clip(awake, night.from, night.to)) / MINUTE,
    longest_block_minutes: longest,
    broken,
    severe: longest < 240,
    recovery_hours: broken && next ? (next.time - night.to) / HOUR : null,
  };
}

const unfinished = {
  awake_minutes: null,
  longest_block_minutes: null,
  broken: null,
  severe: null,
  recovery_hours: null,
};

function rowOf(facts: Facts, of: PersonNights, night: Night): ExpectedRow[] {
  const within = of.interruptions.filter((page) => page.time >= night.from && page.time < night.to);
  const duty = lengthOf(clip(of.duty, night.from, Math.min(night.to, facts.harvestedUntil)));
  if (within.length === 0 && duty === 0 && clip(of.awake, night.from, night.to).length === 0) return [];
  const next = of.interruptions.find((page) => page.time >= night.to);
  const sleep = night.to <= facts.harvestedUntil ? sleepOf(night, of.awake, within.length, next) : unfinished;
  const cells = {
    user: of.person.name,
    user_id: of.person.id,
    night: night.date,
    on_call_hours: duty / HOUR,
    sleep_interruptions: within.length,
    ...sleep,
  };
  return [{ cells, required: true }];
}

/** Every person of an account who was ever on call or contacted. */
export function peopleOf(facts: Facts): Person[] {
  const people = [...facts.duties, ...facts.notifications].flatMap(({ person }) => person ?? []);
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** What a night query must be answered with: whole nights that begin in the range, filtered by user only. */
export function nightAnswer(facts: Facts, query: TableQuery | NightMapQuery): Answer {
  const { from, to } = rangeOf(query);
  const awake = awakeByPerson(facts);
  const rows = peopleOf(facts)
    .filter((person) => passes(query.filters, (name) => (name === 'user' ? [person] : [])))
    .flatMap((person) => {
      const duty = union(facts.duties.filter((one) => one.person.id === person.id && one.level === 1));
      const interruptions = facts.pages.filter((page) => page.person.id === person.id && page.interruption);
      const nights = { person, duty, interruptions, awake: awake.get(person.id) ?? [] };
      return nightsBeginningIn(from, to, person.zone).flatMap((night) => rowOf(facts, nights, night));
    });
  return { key: ['user_id', 'night'], rows };
}
