import type { Model } from '../model/schema.ts';
import { isGone, type Organisation, type Service } from '../organisation/things.ts';
import { type Random, randomFor } from '../random.ts';
import { HOUR, SECOND, wallClock } from '../time.ts';
import { type Course, courseOf } from './course.ts';
import { type Place, spanOf } from './place.ts';
import { type Problem, problemOf } from './problems.ts';
import { wholeSecond } from './script.ts';

/** What there is to say of an incident before its life is written. */
export interface Opening {
  place: Place;
  service: Service;
  problem: Problem;
  /** A whole second, epoch ms. */
  createdAt: number;
  course: Course;
  /** The first incident of the storm that it belongs to; that one names itself. */
  storm: Opening | null;
  /** Seconds until people see that it belongs to the first of its storm and merge it; null where they never do. */
  mergedAfter: number | null;
}

/** What incidents begin from. */
export interface Ground {
  organisation: Organisation;
  model: Model;
  seed: number;
  /** Incidents per minute in the slots of a live account. */
  liveRate: number;
}

const HOURS_A_DAY = 24;

/** The longest time from the beginning of an hour to the creation of one of its incidents, ms. */
export function latestCreation({ incidents: { flapping, storms } }: Model): number {
  const flaps = flapping.incidents[1] * Math.max(...flapping.seconds_apart);
  return HOUR + SECOND * Math.max(flaps, storms.incidents[1] * storms.seconds_apart);
}

/** The incidents that begin in a slot, in the order of their places; they follow from seed and slot. */
export function openingsOf(ground: Ground, slot: number): Opening[] {
  if (ground.organisation.services.length === 0) return [];
  const { start, length } = spanOf(slot);
  const random = randomFor(ground.seed, length === HOUR ? 'hour' : 'minute', slot);
  const scene: Scene = { ...ground, random, start, length };
  if (length !== HOUR) {
    const singles = repeat(random.poisson(ground.liveRate), () => single(scene));
    return placed(slot, singles.filter(isPossible));
  }
  const { flapping: flaps, storms } = ground.model.incidents;
  const openings = placed(slot, [
    ...repeat(random.poisson(candidates(ground.model)), () => single(scene)).filter(
      (one) => isPossible(one) && happens(one, scene),
    ),
    ...repeat(random.poisson(flaps.per_day / HOURS_A_DAY), () => flapping(scene))
      .flat()
      .filter(isPossible),
  ]);
  for (let count = random.poisson(storms.per_day / HOURS_A_DAY); count > 0; count -= 1) {
    openings.push(...storm(scene, { slot, index: openings.length }));
  }
  return openings;
}

/** A slot while its incidents are drawn. */
interface Scene extends Ground {
  random: Random;
  start: number;
  length: number;
}

function placed(slot: number, drawn: readonly Drawn[]): Opening[] {
  return drawn.map((opening, index) => Object.assign(opening, { place: { slot, index } }));
}

/** False where the service is gone by then. */
function isPossible({ service, createdAt }: Drawn): boolean {
  return !isGone(service, createdAt);
}

function repeat<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

type Drawn = Omit<Opening, 'place'>;

function anyService({ organisation: { services }, random }: Scene): Service {
  return services[Number(random.weighted(weightsOf(services)))] as Service;
}

const weights = new WeakMap<readonly Service[], Record<string, number>>();

function weightsOf(services: readonly Service[]): Record<string, number> {
  const known = weights.get(services);
  if (known) return known;
  const made = Object.fromEntries(services.map(({ weight }, index) => [index, weight]));
  weights.set(services, made);
  return made;
}

/** One of a service's problems, by the weights of their tempers. */
function anyProblem(service: Service, { model, random }: Scene): Problem {
  const known = problems.get(service);
  if (known) return problemOf(random.weighted(known));
  const weights = service.problems.map((name) => [name, model.tempers[problemOf(name).temper].weight]);
  const made: Record<string, number> = Object.fromEntries(weights);
  problems.set(service, made);
  return problemOf(random.weighted(made));
}

const problems = new WeakMap<Service, Record<string, number>>();

function single(scene: Scene): Drawn {
  const { random, start, length, model } = scene;
  const service = anyService(scene);
  const problem = anyProblem(service, scene);
  const createdAt = wholeSecond(start + random.next() * length);
  return {
    service,
    problem,
    createdAt,
    course: courseOf(random, problem, model),
    storm: null,
    mergedAfter: null,
  };
}

/** Hours of a week in each part of it. */
const HOURS = { night: 70, business: 50, evening: 48 } as const;

/** Incidents in an hour before they are thinned out, so that in a week the wanted number stays. */
function candidates({ incidents: { per_day, by_hour } }: Model): number {
  const parts = Object.entries(HOURS) as [keyof typeof HOURS, number][];
  const week = parts.reduce((sum, [part, hours]) => sum + hours * by_hour[part], 0);
  return week > 0 ? (7 * per_day * Math.max(...Object.values(by_hour))) / week : 0;
}

/** Thins incidents out by the hour of their service's team. */
function happens({ service, createdAt }: Drawn, { organisation, model, random }: Scene): boolean {
  const target = service.policy.rules[0]?.targets[0];
  const zone = target?.kind === 'user' ? target.home : target?.zone;
  const { hour, weekday } = wallClock(createdAt, zone ?? organisation.zone);
  const part = hour < 8 || hour >= 22 ? 'night' : hour < 18 && weekday < 6 ? 'business' : 'evening';
  const { by_hour: weights } = model.incidents;
  return random.chance(weights[part] / Math.max(weights.night, weights.business, weights.evening));
}

/** One alert that comes and goes. */
function flapping(scene: Scene): Drawn[] {
  const { random, model } = scene;
  const { incidents, seconds_apart: apart } = model.incidents.flapping;
  const first = single(scene);
  const name = first.service.problems.find((problem) => problemOf(problem).temper === 'flapping');
  const problem = problemOf(name ?? 'pod_restart');
  let { createdAt } = first;
  return repeat(random.whole(...incidents), () => {
    const opening: Drawn = { ...first, problem, createdAt, course: 'usual' };
    createdAt += random.pick(apart) * SECOND;
    return opening;
  });
}

/** Many incidents of a few services at once; some go up in the first. */
function storm(scene: Scene, first: Place): Opening[] {
  const { random, start, model } = scene;
  const { services: most, incidents, seconds_apart: apart, merged } = model.incidents.storms;
  const drawn = repeat(random.whole(...most), () => anyService(scene));
  const services = drawn.filter((service) => !isGone(service, start));
  if (services.length === 0) return [];
  let createdAt = wholeSecond(start + random.next() * HOUR);
  const leader: Opening = {
    place: first,
    service: services[0] as Service,
    problem: problemOf('error_rate'),
    createdAt,
    course: 'usual',
    storm: null,
    mergedAfter: null,
  };
  leader.storm = leader;
  const others = Array.from({ length: random.whole(...incidents) - 1 }, (_, index): Opening => {
    createdAt += random.chance(0.2) ? 0 : random.whole(1, apart) * SECOND;
    const service = random.pick(services);
    return {
      place: { slot: first.slot, index: first.index + 1 + index },
      service,
      problem: anyProblem(service, scene),
      createdAt,
      course: 'usual',
      storm: leader,
      mergedAfter: random.chance(merged) ? random.whole(120, 900) : null,
    };
  });
  return [leader, ...others];
}
