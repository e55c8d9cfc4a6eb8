import type { Model } from '../model/schema.ts';
import { randomFor } from '../random.ts';
import { makePeople, makeTeams } from './people.ts';
import { makeCrews, makeSharedPolicies } from './policies.ts';
import { makeServices } from './services.ts';
import type { Organisation, Person, Policy } from './things.ts';

/** Who and what an account has; a company as the model describes it, without teams its owner alone. */
export function makeOrganisation(model: Model, seed: number, until: number): Organisation {
  return model.teams.length > 0 ? makeCompany(model, seed, until) : makeNewcomer(model, seed);
}

/** A company; which people, schedules and services it has follows from the seed. */
function makeCompany(model: Model, seed: number, until: number): Organisation {
  const random = randomFor(seed, 'organisation');
  const places = makeTeams(model, random, until);
  const { members, helpers } = makePeople(places, model, random, until);
  const crews = makeCrews(places, members, model, random);
  const shared = makeSharedPolicies(crews, random);
  return {
    zone: model.zone,
    people: [...members, ...helpers],
    helpers,
    teams: places.map(({ team }) => team),
    services: makeServices(crews, shared, model, random),
    policies: [...crews.map((crew) => crew.policy), ...shared],
    schedules: crews.flatMap((crew) => [crew.primary, crew.secondary]),
    priorities: Object.entries(model.priorities).map(([name, description]) => ({
      kind: 'priority',
      id: random.id('P', 7),
      name,
      description,
    })),
  };
}

/** What an account holds on its first day: its owner, and a policy that goes to them. */
function makeNewcomer({ zone }: Model, seed: number): Organisation {
  const random = randomFor(seed, 'newcomer');
  const owner: Person = {
    kind: 'user',
    id: random.id('P', 7),
    name: 'Robin Newcomer',
    email: 'robin.newcomer@simulated.example',
    zone: 'Europe/Berlin',
    home: 'Europe/Berlin',
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
  const none = { helpers: [], teams: [], services: [], schedules: [], priorities: [] };
  return { zone, people: [owner], policies: [policy], ...none };
}
