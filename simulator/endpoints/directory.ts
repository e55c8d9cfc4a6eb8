import { policy, priority, service, team, user } from '../answers/directory.ts';
import { type Lens, perhaps } from '../answers/reference.ts';
import { Fault, type FaultName } from '../http/fault.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import type { Organisation, Person, Policy, Service, Team, Thing } from '../organisation/things.ts';

/** Answers one question with a body. */
export type Answer = (question: Question) => object;

/** A kind of thing that is listed and shown singly. */
interface Directory<T extends Thing> {
  list: string;
  one: string;
  missing: FaultName;
  rows(organisation: Organisation): readonly T[];
  fits?(row: T, question: Question): boolean;
  show(lens: Lens, row: T): object;
}

const people: Directory<Person> = {
  list: 'users',
  one: 'user',
  missing: 'user_not_found',
  rows: (organisation) => organisation.people,
  fits: (row, question) => inTeams(row.teams, question) && named(row, question, row.email),
  show: user,
};

const teams: Directory<Team> = {
  list: 'teams',
  one: 'team',
  missing: 'team_not_found',
  rows: (organisation) => organisation.teams,
  fits: (row, question) => named(row, question),
  show: team,
};

const services: Directory<Service> = {
  list: 'services',
  one: 'service',
  missing: 'service_not_found',
  rows: (organisation) => organisation.services.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  fits: (row, question) => inTeams([row.team], question) && named(row, question) && exactly(row, question),
  show: service,
};

const policies: Directory<Policy> = {
  list: 'escalation_policies',
  one: 'escalation_policy',
  missing: 'resource_not_found',
  rows: (organisation) => organisation.policies.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  fits: (row, question) =>
    inTeams(row.team ? [row.team] : [], question) && reaches(row, question) && named(row, question),
  show: policy,
};

/** The lists of people, teams, services and policies, and each of their members. */
export const DIRECTORY_ANSWERS = {
  '/users': listing(people),
  '/users/:id': showing(people),
  '/teams': listing(teams),
  '/teams/:id': showing(teams),
  '/services': listing(services),
  '/services/:id': showing(services),
  '/escalation_policies': listing(policies),
  '/escalation_policies/:id': showing(policies),
  '/teams/:id/members': members,
  '/priorities': (question) =>
    page(question, 'priorities', question.timeline.organisation.priorities, (row) =>
      priority(lensOf(question), row),
    ),
  '/abilities': () => ({
    abilities: [
      'teams',
      'urgencies',
      'service_support_hours',
      'manual_alert_grouping',
      'coordinated_responding',
    ],
  }),
} as const satisfies Record<string, Answer>;

/** The lens in the account's zone. */
export function lensOf(question: Question): Lens {
  return question.lens(question.timeline.organisation.zone);
}

/** True if one of the teams is among those asked for, or none is. */
export function inTeams(own: readonly Team[], question: Question): boolean {
  const asked = question.list('team_ids');
  return asked.length === 0 || own.some(({ id }) => asked.includes(id));
}

/** True if the name, or another text, holds what `query` asks for. */
export function named({ name }: Thing, question: Question, other = ''): boolean {
  const wanted = (question.text('query') ?? '').toLowerCase();
  return [name, other].some((text) => text.toLowerCase().includes(wanted));
}

function exactly({ name }: Thing, question: Question): boolean {
  const wanted = question.text('name');
  return wanted === null || wanted === name;
}

function reaches({ rules }: Policy, question: Question): boolean {
  const asked = question.list('user_ids');
  const reached = rules.flatMap(({ targets }) =>
    targets.flatMap((target) => (target.kind === 'user' ? [target] : target.rotation.people)),
  );
  return asked.length === 0 || reached.some(({ id }) => asked.includes(id));
}

function listing<T extends Thing>({ list, rows, fits, show }: Directory<T>): Answer {
  return (question) => {
    const found = rows(question.organisation).filter((row) => fits?.(row, question) ?? true);
    const lens = lensOf(question);
    return page(question, list, found, (row) => show(lens, row));
  };
}

function showing<T extends Thing>({ one: name, missing, rows, show }: Directory<T>): Answer {
  return (question) => ({ [name]: show(lensOf(question), one(question, rows, missing)) });
}

/** The thing that the path names; 403 if it is private, 404 if there is none. */
export function one<T extends Thing>(
  question: Question,
  rows: (organisation: Organisation) => readonly T[],
  missing: FaultName,
): T {
  const isMeant = ({ id }: T) => id === question.id;
  const found = rows(question.organisation).find(isMeant);
  if (found) return found;
  throw new Fault(rows(question.timeline.organisation).some(isMeant) ? 'forbidden' : missing);
}

function members(question: Question): object {
  const own = one(question, ({ teams: all }) => all, 'team_not_found');
  const lens = lensOf(question);
  return page(
    question,
    'members',
    question.organisation.people.filter((person) => person.teams.includes(own)),
    (person) => ({
      user: perhaps(lens, ['users'], person, user),
      role: person.role === 'admin' ? 'manager' : 'responder',
    }),
  );
}
