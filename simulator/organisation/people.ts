import { type Random, shuffled } from '../random.ts';
import { FIRST_NAMES, LAST_NAMES, TEAMS } from './names.ts';
import type { Habit, Person, Team } from './things.ts';

const PER_TEAM = 5;
const FORMER = 2;

const HABITS = {
  swift: 5,
  patient: 4,
  push_only: 2,
  pager: 2,
  exact_below: 1,
  exact_at: 1,
  exact_above: 1,
} as const satisfies Record<Habit, number>;

/** The teams of the company. */
export function makeTeams(random: Random): Team[] {
  return TEAMS.map(({ name }, index) => ({
    kind: 'team',
    id: random.id('P', 7),
    name,
    description: index % 3 === 2 ? null : `Runs what ${name.toLowerCase()} needs.`,
  }));
}

/** Five people for each team, living in its zones, and two who left. */
export function makePeople(teams: readonly Team[], random: Random): { people: Person[]; former: Person[] } {
  const names = namesOf(teams.length * PER_TEAM + FORMER, random);
  const people = names.map((name, index): Person => {
    const place = Math.floor(index / PER_TEAM) % teams.length;
    const member = index % PER_TEAM;
    const zones = TEAMS[place]?.zones ?? [];
    const team = teams[place] as Team;
    return {
      kind: 'user',
      id: random.id('P', 7),
      name,
      email: addressOf(name),
      zone: zones[member % zones.length] ?? null,
      role: member === 0 ? 'admin' : 'limited_user',
      jobTitle: member === 0 ? 'Engineering Manager' : random.pick(['Engineer', 'Senior Engineer', null]),
      teams: member === 4 && place % 4 === 0 ? [team, teams[place + 1] as Team] : [team],
      habit: random.weighted(HABITS),
    };
  });
  const former = people.splice(-FORMER).map((person) => ({ ...person, deleted: true, teams: [] }));
  return { people, former };
}

function namesOf(count: number, random: Random): string[] {
  const last = shuffled(LAST_NAMES, random);
  return shuffled(FIRST_NAMES, random)
    .slice(0, count)
    .map((first, index) => `${first} ${last[index % last.length]}`);
}

function addressOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/[^A-Za-z ]/g, '');
  return `${plain.toLowerCase().replace(' ', '.')}@simulated.example`;
}
