import { PROBLEMS } from '../life/problems.ts';
import { type Random, shuffled } from '../random.ts';
import { DAY } from '../time.ts';
import { SERVICES } from './names.ts';
import type { Crew } from './policies.ts';
import type { IntegrationKind, Policy, Service, UrgencyRule } from './things.ts';

const CHANNELS = { api: 6, email: 2, nagios: 2, auto: 1 } as const satisfies Record<IntegrationKind, number>;
const URGENCIES = { high: 6, low: 2, severity_based: 3, support_hours: 2 } as const satisfies Record<
  UrgencyRule,
  number
>;
const FIRST_CREATED = Date.UTC(2025, 0, 6, 9);

/** The services of every team; two of them use the shared policies. */
export function makeServices(crews: readonly Crew[], shared: readonly Policy[], random: Random): Service[] {
  const services = crews.flatMap((crew, index) =>
    Object.entries(SERVICES[index] ?? {}).map(([name, weight]) => makeService(crew, name, weight, random)),
  );
  const [always, major] = shared;
  const find = (name: string) => services.find((service) => service.name === name);
  Object.assign(find('catalogue-feed') ?? {}, always && { policy: always });
  Object.assign(find('card-gateway') ?? {}, major && { policy: major });
  return services;
}

function makeService(crew: Crew, name: string, weight: number, random: Random): Service {
  const channel = random.weighted(CHANNELS);
  const runbook = random.chance(0.4) ? ` See https://wiki.simulated.example/runbook/${name}.` : '';
  return {
    kind: 'service',
    id: random.id('P', 7),
    name,
    description: random.chance(0.2)
      ? null
      : `The ${name.replaceAll('-', ' ')} of ${crew.team.name}.${runbook}`,
    team: crew.team,
    policy: crew.policy,
    integration: {
      kind: 'integration',
      id: random.id('P', 7),
      name: channel === 'api' ? 'Prometheus' : `${name} ${channel}`,
      channel,
    },
    urgency: random.weighted(URGENCIES),
    autoResolveTimeout: random.pick([14_400, 14_400, 28_800, null]),
    acknowledgementTimeout: random.pick([1800, 3600, null]),
    weight,
    problems: shuffled(Object.keys(PROBLEMS), random).slice(0, random.whole(4, 7)),
    createdAt: FIRST_CREATED + random.whole(0, 200) * DAY,
  };
}
