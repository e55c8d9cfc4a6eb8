import { randomFor } from '../random.ts';
import { DAY } from '../time.ts';
import { PRIORITIES } from './names.ts';
import { makePeople, makeTeams } from './people.ts';
import { makeCrew, makeSharedPolicies } from './policies.ts';
import { makeServices } from './services.ts';
import type { Organisation, Person, Policy } from './things.ts';

/** The zone of the account, which no endpoint tells. */
const ACCOUNT_ZONE = 'America/New_York';

/** A company of eight teams; which people, schedules and services it has follows from the seed. Some people left 30 days before `until`. */
export function makeCompany(seed: number, until: number): Organisation {
  const random = randomFor(seed, 'organisation');
  const teams = makeTeams(random);
  const { people, former } = makePeople(teams, random);
  const crews = teams.map((team, index) => makeCrew(team, people, index, random));
  const shared = makeSharedPolicies(crews, random);
  return {
    zone: ACCOUNT_ZONE,
    people,
    formerPeople: former,
    teams,
    services: makeServices(crews, shared, random),
    policies: [...crews.map((crew) => crew.policy), ...shared],
    schedules: crews.flatMap((crew) => [crew.primary, crew.secondary]),
    formerUntil: until - 30 * DAY,
    priorities: PRIORITIES.map((priority) => ({ kind: 'priority', id: random.id('P', 7), ...priority })),
  };
}

/** What an account holds on its first day: its owner, and a policy that goes to them. */
export function makeNewcomer(seed: number): Organisation {
  const random = randomFor(seed, 'newcomer');
  const owner: Person = {
    kind: 'user',
    id: random.id('P', 7),
    name: 'Robin Newcomer',
    email: 'robin.newcomer@simulated.example',
    zone: 'Europe/Berlin',
    role: 'owner',
    jobTitle: null,
    teams: [],
    habit: 'swift',
  };
  const policy: Policy = {
    kind: 'escalation_policy',
    id: random.id('P', 7),
    name: 'Default',
    team: null,
    loops: 0,
    rules: [{ id: random.id('P', 7), delayMinutes: 30, targets: [owner] }],
  };
  const none = { formerPeople: [], formerUntil: 0, teams: [], services: [], schedules: [], priorities: [] };
  return { zone: ACCOUNT_ZONE, people: [owner], policies: [policy], ...none };
}
