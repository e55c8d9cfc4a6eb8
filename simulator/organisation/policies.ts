import type { Model } from '../model/schema.ts';
import type { Random } from '../random.ts';
import type { Place } from './people.ts';
import { type RotationPlan, rotationOf } from './rotation.ts';
import type { Person, Policy, Rule, Schedule } from './things.ts';

/** One team's members and what they run. */
export interface Crew extends Place {
  members: Person[];
  primary: Schedule;
  secondary: Schedule;
  policy: Policy;
}

/** Schedules and policies of all teams; every third policy goes to the manager second. */
export function makeCrews(
  places: readonly Place[],
  people: readonly Person[],
  model: Model,
  random: Random,
): Crew[] {
  const staffed = places.map((place) => staff(place, people, model, random));
  return staffed.map((crew, index) => {
    const next = staffed[(index + 1) % staffed.length] as typeof crew;
    const [manager] = crew.members as [Person];
    const second = index % 3 === 2 ? manager : crew.secondary;
    const levels = [crew.primary, second, manager, next.primary].slice(0, model.escalation.levels);
    return { ...crew, policy: policyOf(crew, levels, { index, model, random }) };
  });
}

function staff(place: Place, people: readonly Person[], model: Model, random: Random): Omit<Crew, 'policy'> {
  const { team } = place;
  const members = people.filter((person) => person.teams[0] === team);
  const [manager, ...engineers] = members as [Person, ...Person[]];
  const { days, hour } = place.model.handoff;
  const zone = manager.zone ?? 'Europe/London';
  const isV3 = place.model.schedules === 'shifts';
  const schedule = (level: string, plans: Omit<RotationPlan, 'zone' | 'hour'>[]): Schedule => ({
    kind: isV3 ? 'schedule_v3' : 'schedule',
    id: random.id('P', 7),
    name: `${team.name} ${level}`,
    goneAt: team.goneAt,
    zone,
    teams: [team],
    rotations: plans.map((plan) => rotationOf({ ...plan, zone, hour })),
    overridesAWeek: model.schedules.overrides_a_week,
  });
  const hours = place.model.hours;
  const half = Math.ceil(engineers.length / 2);
  const others = [...engineers.slice(half), ...engineers.slice(0, half)];
  const primary = { people: engineers, days, hours };
  const beside = { people: others, days, hours };
  return {
    ...place,
    members,
    primary: schedule('primary', isV3 ? [primary, beside] : [primary]),
    secondary: schedule('secondary', [{ people: [...engineers.slice(1), manager], days: 7, hours: null }]),
  };
}

function policyOf(
  { team }: Place,
  levels: readonly (Schedule | Person)[],
  { index, model, random }: { index: number; model: Model; random: Random },
): Policy {
  const { first_minutes: first, further_minutes: further, repeats } = model.escalation;
  return {
    kind: 'escalation_policy',
    id: random.id('P', 7),
    name: `${team.name} on-call`,
    goneAt: team.goneAt,
    team,
    loops: repeats[index % repeats.length] ?? 0,
    rules: levels.map((target, level) => rule(random, level === 0 ? random.pick(first) : further, [target])),
  };
}

/** The policies beside the teams' own: one straight to a person, one that shares two teams' schedules; none for fewer than three teams. */
export function makeSharedPolicies(crews: readonly Crew[], random: Random): Policy[] {
  const [first, second, third] = crews;
  if (!first || !second || !third) return [];
  const lead = third.members[0] as Person;
  return [
    {
      kind: 'escalation_policy',
      id: random.id('P', 7),
      name: 'Search lead, always',
      team: third.team,
      loops: 1,
      rules: [rule(random, 15, [lead]), rule(random, 30, [third.secondary])],
    },
    {
      kind: 'escalation_policy',
      id: random.id('P', 7),
      name: 'Major incidents',
      team: null,
      loops: 0,
      rules: [rule(random, 10, [first.primary, lead]), rule(random, 20, [second.primary])],
    },
  ];
}

function rule(random: Random, delayMinutes: number, targets: Rule['targets']): Rule {
  return { id: random.id('P', 7), delayMinutes, targets };
}
