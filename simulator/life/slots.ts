import type { Organisation, Service } from '../organisation/things.ts';
import { type Random, randomFor } from '../random.ts';
import { HOUR, MINUTE, SECOND, wallClock } from '../time.ts';
import type { Incident } from './incident.ts';
import { type Life, live, type Opening } from './life.ts';
import { problemOf } from './problems.ts';
import { wholeSecond } from './script.ts';
import { settle } from './story.ts';

/** Rates per hour: single incidents, flapping alerts and storms. */
const RATES = { single: 1.75, flapping: 0.032, storm: 0.0062 } as const;

/** Weight of each hour of the day on working days, by the clock of a service's team. */
const DAY_SHAPE = { night: 0.65, business: 1.5, evening: 0.9 } as const;

/** The seconds between the incidents of a flapping alert; some lie around five minutes. */
const FLAPS = [299, 300, 301, 420, 540, 660, 900] as const;

/** The incidents of one hour, epoch ms of its start, with all their lives; they follow from seed and hour. */
export function incidentsOfHour(organisation: Organisation, seed: number, start: number): Incident[] {
  const random = randomFor(seed, 'hour', start / HOUR);
  const openings = [
    ...repeat(random.poisson(RATES.single), () => single(organisation, random, start, HOUR)).filter(
      (opening) => happens(opening, organisation, random),
    ),
    ...repeat(random.poisson(RATES.flapping), () => flapping(organisation, random, start)).flat(),
  ];
  const lives = openings.map((opening) => live(organisation, random, opening));
  const storms = repeat(random.poisson(RATES.storm), () => storm(organisation, random, start));
  return settled([...lives, ...storms.flat()]);
}

/** The incidents that a live account adds in one minute; they follow from seed and minute. */
export function incidentsOfMinute(
  organisation: Organisation,
  seed: number,
  start: number,
  rate: number,
): Incident[] {
  const random = randomFor(seed, 'minute', start / MINUTE);
  const openings = repeat(random.poisson(rate), () => single(organisation, random, start, MINUTE));
  return settled(openings.map((opening) => live(organisation, random, opening)));
}

function settled(lives: readonly Life[]): Incident[] {
  return lives
    .map(({ story }) => settle(story.incident))
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

function repeat<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

function anyService({ services }: Organisation, random: Random): Service {
  const weights = Object.fromEntries(services.map(({ weight }, index) => [index, weight]));
  return services[Number(random.weighted(weights))] as Service;
}

function single(organisation: Organisation, random: Random, start: number, length: number): Opening {
  const service = anyService(organisation, random);
  const problem = problemOf(random.pick(service.problems));
  return { service, problem, createdAt: wholeSecond(start + random.next() * length) };
}

/** Thins incidents out by the hour of their service's team. */
function happens({ service, createdAt }: Opening, { zone }: Organisation, random: Random): boolean {
  const target = service.policy.rules[0]?.targets[0];
  const { hour, weekday } = wallClock(createdAt, target?.zone ?? zone);
  const part = hour < 8 || hour >= 22 ? 'night' : hour < 18 && weekday < 6 ? 'business' : 'evening';
  return random.chance(DAY_SHAPE[part] / DAY_SHAPE.business);
}

/** One alert that comes and goes. */
function flapping(organisation: Organisation, random: Random, start: number): Opening[] {
  const { createdAt, ...first } = single(organisation, random, start, HOUR);
  const name = first.service.problems.find((problem) => problemOf(problem).temper === 'flapping');
  const problem = problemOf(name ?? 'pod_restart');
  let at = createdAt;
  return repeat(random.whole(3, 8), () => {
    const opening = { ...first, problem, createdAt: at };
    at += random.pick(FLAPS) * SECOND;
    return opening;
  });
}

/** Many incidents of a few services at once; some go up in the first. */
function storm(organisation: Organisation, random: Random, start: number): Life[] {
  const services = repeat(random.whole(1, 3), () => anyService(organisation, random));
  const from = wholeSecond(start + random.next() * HOUR);
  const first = live(organisation, random, {
    service: services[0] as Service,
    problem: problemOf('error_rate'),
    createdAt: from,
  });
  let at = from;
  const others = repeat(random.whole(8, 24), () => {
    at += random.chance(0.2) ? 0 : random.whole(1, 110) * SECOND;
    const service = random.pick(services);
    const opening = { service, problem: problemOf(random.pick(service.problems)), createdAt: at };
    const mergedAt = at + random.whole(120, 900) * SECOND;
    const merges = random.chance(0.35) && mergedAt < first.script.endsAt;
    return live(
      organisation,
      random,
      merges ? { ...opening, merged: { into: first, at: mergedAt } } : opening,
    );
  });
  return [first, ...others];
}
