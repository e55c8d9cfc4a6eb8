import { policy, priority, team } from '../answers/directory.ts';
import { type Lens, perhaps } from '../answers/reference.ts';
import { service } from '../answers/service.ts';
import { user } from '../answers/user.ts';
import type { ApiErrorName } from '../http/api-error.ts';
import { page } from '../http/paging.ts';
import type { Question } from '../http/question.ts';
import type { Organisation, Person, Policy, Service, Team, Thing } from '../organisation/things.ts';
import { type Answer, lensOf, one } from './answer.ts';
import { exactly, inTeams, named, reaches } from './filters.ts';
import { BY_NAME, type SortFields, sorted } from './sort.ts';

/** A kind of thing that is listed and shown singly. */
interface Directory<T extends Thing> {
  list: string;
  one: string;
  missing: ApiErrorName;
  rows(organisation: Organisation): readonly T[];
  fits?(row: T, question: Question): boolean;
  sortedBy?: SortFields<Thing>;
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
  rows: (organisation) => organisation.services.toSorted(byName),
  fits: (row, question) => inTeams([row.team], question) && named(row, question) && exactly(row, question),
  sortedBy: BY_NAME,
  show: service,
};

const policies: Directory<Policy> = {
  list: 'escalation_policies',
  one: 'escalation_policy',
  missing: 'resource_not_found',
  rows: (organisation) => organisation.policies.toSorted(byName),
  fits: (row, question) =>
    inTeams(row.team ? [row.team] : [], question) && reaches(row, question) && named(row, question),
  sortedBy: BY_NAME,
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

function byName(a: Thing, b: Thing): number {
  return a.name < b.name ? -1 : 1;
}

function listing<T extends Thing>({ list, rows, fits, sortedBy, show }: Directory<T>): Answer {
  return (question) => {
    const found = rows(question.organisation).filter((row) => fits?.(row, question) ?? true);
    const lens = lensOf(question);
    return page(question, list, sortedBy ? sorted<T>(question, found, sortedBy) : found, (row) =>
      show(lens, row),
    );
  };
}

function showing<T extends Thing>({ one: name, missing, rows, show }: Directory<T>): Answer {
  return (question) => ({ [name]: show(lensOf(question), one(question, rows, missing)) });
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
