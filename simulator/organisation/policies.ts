import type { Random } from '../random.ts';
import { type RotationPlan, rotationOf } from './rotation.ts';
import type { Person, Policy, Rule, Schedule, Team } from './things.ts';

/** How the first level of each team takes turns, in the teams' order; the hour is the local one of the handoff. */
const TURNS = [
  { days: 7, hour: 9 },
  { days: 7, hour: 10 },
  { days: 7, hour: 9 },
  { days: 7, hour: 0 },
  { days: 7, hour: 2 },
  { days: 1, hour: 8 },
  { days: 7, hour: 17 },
  { days: 3, hour: 12 },
] as const;

/** One team's members and what they run. */
export interface Crew {
  team: Team;
  members: Person[];
  primary: Schedule;
  secondary: Schedule;
  policy: Policy;
}

/** Two schedules and a policy of two levels for a team; every third policy goes to the manager second. */
export function makeCrew(team: Team, people: readonly Person[], index: number, random: Random): Crew {
  const members = people.filter((person) => person.teams[0] === team);
  const [manager, ...engineers] = members as [Person, ...Person[]];
  const zone = manager.zone ?? 'Europe/London';
  const turn = TURNS[index % TURNS.length] ?? TURNS[0];
  const schedule = (level: string, plan: Pick<RotationPlan, 'people' | 'days' | 'hour'>): Schedule => ({
    kind: 'schedule',
    id: random.id('P', 7),
    name: `${team.name} ${level}`,
    zone,
    teams: [team],
    rotation: rotationOf({ ...plan, zone }),
  });
  const primary = schedule('primary', { people: engineers, ...turn });
  const secondary = schedule('secondary', {
    people: [...engineers.slice(1), manager],
    days: 7,
    hour: turn.hour,
  });
  const policy: Policy = {
    kind: 'escalation_policy',
    id: random.id('P', 7),
    name: `${team.name} on-call`,
    team,
    loops: index % 4 === 3 ? 0 : 2,
    rules: [
      rule(random, random.pick([5, 10, 15, 30]), [primary]),
      rule(random, 30, [index % 3 === 2 ? manager : secondary]),
    ],
  };
  return { team, members, primary, secondary, policy };
}

/** The policies beside the teams' own: one straight to a person, one that shares two teams' schedules. */
export function makeSharedPolicies(crews: readonly Crew[], random: Random): Policy[] {
  const [first, second, third] = crews as [Crew, Crew, Crew];
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

/** Who an escalation rule reaches at an instant, each person once. */
export function reachedBy(rule: Rule, instant: number): Person[] {
  const people = rule.targets.map((target) =>
    target.kind === 'user' ? target : target.rotation.at(instant).person,
  );
  return [...new Set(people)];
}
