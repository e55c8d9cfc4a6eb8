import type { Model, TeamModel } from '../model/schema.ts';
import type { Random } from '../random.ts';
import { namesOf } from './names.ts';
import type { Person, Team } from './things.ts';

/** A team with what the model says of it, and how many like it there are before. */
export interface Place {
  team: Team;
  model: TeamModel;
  copy: number;
}

/** The teams of the company, in the order of the model. */
export function makeTeams({ teams }: Model, random: Random): Place[] {
  const copies = teams.flatMap((model) =>
    Array.from({ length: model.count }, (_, copy) => ({ model, copy })),
  );
  return copies.map(({ model, copy }, index) => {
    const name = numbered(model.name, ' ', copy);
    const description = index % 3 === 2 ? null : `Runs what ${name.toLowerCase()} needs.`;
    return { model, copy, team: { kind: 'team', id: random.id('P', 7), name, description } };
  });
}

/** A name that tells the second and later ones of several alike apart. */
export function numbered(name: string, separator: string, copy: number): string {
  return copy === 0 ? name : `${name}${separator}${copy + 1}`;
}

/** The people of each team, living in its zones, and those who left. */
export function makePeople(
  places: readonly Place[],
  { people: { habits, former } }: Model,
  random: Random,
): { people: Person[]; former: Person[] } {
  const members = places.flatMap(({ model }, place) =>
    Array.from({ length: model.people }, (_, member) => ({ place, member })),
  );
  const gone = Array.from({ length: former.count }, (_, index) => ({
    place: index % places.length,
    member: index,
  }));
  const names = namesOf(members.length + gone.length, random);
  const everybody = [...members, ...gone].map(({ place, member }, index): Person => {
    const { team, model } = places[place] as Place;
    const name = names[index] as string;
    const helps = member === 4 && place % 4 === 0 ? places[place + 1] : undefined;
    return {
      kind: 'user',
      id: random.id('P', 7),
      name,
      email: addressOf(name),
      zone: model.zones[member % model.zones.length] ?? null,
      role: member === 0 ? 'admin' : 'limited_user',
      jobTitle: member === 0 ? 'Engineering Manager' : random.pick(['Engineer', 'Senior Engineer', null]),
      teams: helps ? [team, helps.team] : [team],
      habit: random.weighted(habits),
    };
  });
  const left = everybody.splice(members.length);
  return { people: everybody, former: left.map((person) => ({ ...person, deleted: true, teams: [] })) };
}

function addressOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/ı/g, 'i')
    .replace(/[^A-Za-z ]/g, '');
  return `${plain.toLowerCase().replace(' ', '.')}@simulated.example`;
}
