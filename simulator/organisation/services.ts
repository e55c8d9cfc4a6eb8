import { PROBLEMS } from '../life/problems.ts';
import type { Model } from '../model/schema.ts';
import { type Random, shuffled } from '../random.ts';
import { DAY } from '../time.ts';
import { numbered } from './people.ts';
import type { Crew } from './policies.ts';
import type { Policy, Service } from './things.ts';

const FIRST_CREATED = Date.UTC(2023, 0, 9, 9);
const SECONDS = 60;

/** The services of every team; one of the second and one of the third team use the shared policies. */
export function makeServices(
  crews: readonly Crew[],
  shared: readonly Policy[],
  model: Model,
  random: Random,
): Service[] {
  const [always, major] = shared;
  return crews.flatMap((crew, index) => {
    const names = Object.keys(crew.model.services);
    return names.map((name, place) => {
      const isLast = place === names.length - 1;
      const policy = index === 1 && place === 1 ? major : index === 2 && isLast ? always : undefined;
      return makeService({ ...crew, policy: policy ?? crew.policy }, name, model, random);
    });
  });
}

function makeService(
  { team, policy, model: { services }, copy }: Crew,
  plain: string,
  model: Model,
  random: Random,
): Service {
  const { integrations, urgencies, problems, ...limits } = model.services;
  const name = numbered(plain, '-', copy);
  const channel = random.weighted(integrations);
  const runbook = random.chance(0.4) ? ` See https://wiki.simulated.example/runbook/${name}.` : '';
  return {
    kind: 'service',
    id: random.id('P', 7),
    name,
    slug: name,
    goneAt: team.goneAt,
    description: random.chance(0.2) ? null : `The ${name.replaceAll('-', ' ')} of ${team.name}.${runbook}`,
    team,
    policy,
    integration: {
      kind: 'integration',
      id: random.id('P', 7),
      name: channel === 'api' ? 'Prometheus' : `${name} ${channel}`,
      channel,
    },
    urgency: random.weighted(urgencies),
    autoResolveTimeout: seconds(random.pick(limits.minutes_to_resolve)),
    acknowledgementTimeout: seconds(random.pick(limits.minutes_to_unacknowledge)),
    weight: services[plain] ?? 0,
    problems: shuffled(Object.keys(PROBLEMS), random).slice(0, random.whole(...problems)),
    createdAt: FIRST_CREATED + random.whole(0, 200) * DAY,
  };
}

function seconds(minutes: number | null): number | null {
  return minutes === null ? null : minutes * SECONDS;
}
