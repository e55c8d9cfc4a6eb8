import type { Model, TeamModel } from '../model/schema.ts';
import type { Random } from '../random.ts';
import { DAY, HOUR } from '../time.ts';
import { namesOf } from './names.ts';
import type { Person, Team } from './things.ts';

/** A team with what the model says of it, and how many like it there are before. */
export interface Place {
  team: Team;
  model: TeamModel;
  copy: number;
}

/** The teams of the company, in the order of the model. */
export function makeTeams({ teams }: Model, random: Random, until: number): Place[] {
  const copies = teams.flatMap((model) =>
    Array.from({ length: model.count }, (_, copy) => ({ model, copy })),
  );
  return copies.map(({ model, copy }, index) => {
    const name = numbered(model.name, ' ', copy);
    const description = index % 3 === 2 ? null : `Runs what ${name.toLowerCase()} needs.`;
    const goneAt = endOf(model, until);
    return { model, copy, team: { kind: 'team', id: random.id('P', 7), name, description, goneAt } };
  });
}

/** When a team ends with all that it has. */
function endOf({ ends }: TeamModel, until: number): number | undefined {
  if (ends === null) return undefined;
  return 'days_ago' in ends ? until - ends.days_ago * DAY : until + ends.live_hours * HOUR;
}

/** A name that tells the second and later ones of several alike apart. */
export function numbered(name: string, separator: string, copy: number): string {
  return copy === 0 ? name : `${name}${separator}${copy + 1}`;
}

/** What a person is made of beside chance. */
interface Part {
  place: number;
  member: number;
  goneAt: number | undefined;
}

/** The members of each team, living in its zones, and those who help every team until they leave. */
export function makePeople(
  places: readonly Place[],
  { people }: Model,
  random: Random,
  until: number,
): { members: Person[]; helpers: Person[] } {
  const { former, leaving, habits } = people;
  const members = places.flatMap(({ team, model }, place) =>
    Array.from({ length: model.people }, (_, member): Part => ({ place, member, goneAt: team.goneAt })),
  );
  const leavers = (count: number, goneAt: number) =>
    Array.from(
      { length: count },
      (_, index): Part => ({ place: index % places.length, member: index + 1, goneAt }),
    );
  const parts = [
    ...members,
    ...leavers(former.count, until - former.left_days_ago * DAY),
    ...leavers(leaving.count, until + leaving.live_hours * HOUR),
  ];
  const names = namesOf(parts.length, random);
  const made = parts.map((part, index) => makePerson(part, names[index] as string, places, habits, random));
  return { members: made.slice(0, members.length), helpers: made.slice(members.length) };
}

function makePerson(
  { place, member, goneAt }: Part,
  name: string,
  places: readonly Place[],
  habits: Model['people']['habits'],
  random: Random,
): Person {
  const { team, model } = places[place] as Place;
  const helps = member === 4 && place % 4 === 0 ? places[place + 1] : undefined;
  const zone = model.zones[member % model.zones.length] ?? null;
  return {
    kind: 'user',
    id: random.id('P', 7),
    name,
    email: addressOf(name),
    zone,
    home: zone,
    role: member === 0 ? 'admin' : 'limited_user',
    jobTitle: member === 0 ? 'Engineering Manager' : random.pick(['Engineer', 'Senior Engineer', null]),
    teams: helps ? [team, helps.team] : [team],
    habit: random.weighted(habits),
    goneAt,
  };
}

function addressOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/[^A-Za-z ]/g, '');
  return `${plain.toLowerCase().replace(' ', '.')}@simulated.example`;
}
