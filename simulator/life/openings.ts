import type { Organisation, Service } from '../organisation/things.ts';
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
  seed: number;
  /** Incidents per minute in the slots of a live account. */
  liveRate: number;
}

/** Rates per hour: single incidents, flapping alerts and storms. */
const RATES = { single: 1.75, flapping: 0.032, storm: 0.0062 } as const;

/** Weight of each hour of the day on working days, by the clock of a service's team. */
const DAY_SHAPE = { night: 0.65, business: 1.5, evening: 0.9 } as const;

/** The seconds between the incidents of a flapping alert; some lie around five minutes. */
const FLAPS = [299, 300, 301, 420, 540, 660, 900] as const;
const MOST_FLAPS = 8;

const STORM = { most: 24, apart: 110, merged: 0.35 } as const;

/** The longest time from the beginning of an hour to the creation of one of its incidents, ms. */
export const LATEST_CREATION =
  HOUR + SECOND * Math.max(MOST_FLAPS * Math.max(...FLAPS), STORM.most * STORM.apart);

/** The incidents that begin in a slot, in the order of their places; they follow from seed and slot. */
export function openingsOf(ground: Ground, slot: number): Opening[] {
  const { start, length } = spanOf(slot);
  const { organisation } = ground;
  if (organisation.services.length === 0) return [];
  const isHour = length === HOUR;
  const random = randomFor(ground.seed, isHour ? 'hour' : 'minute', slot);
  const drawn: Drawn[] = [];
  const singles = random.poisson(isHour ? RATES.single : ground.liveRate);
  for (let count = 0; count < singles; count += 1) {
    const opening = single(organisation, random, start, length);
    if (!isHour || happens(opening, organisation, random)) drawn.push(opening);
  }
  if (isHour) {
    for (let count = random.poisson(RATES.flapping); count > 0; count -= 1)
      drawn.push(...flapping(organisation, random, start));
  }
  const openings = drawn.map((opening, index) => ({ ...opening, place: { slot, index } }));
  if (isHour) {
    for (let count = random.poisson(RATES.storm); count > 0; count -= 1)
      openings.push(...storm(organisation, random, { slot, index: openings.length }));
  }
  return openings;
}

type Drawn = Omit<Opening, 'place'>;

function anyService({ services }: Organisation, random: Random): Service {
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

function single(organisation: Organisation, random: Random, start: number, length: number): Drawn {
  const service = anyService(organisation, random);
  const problem = problemOf(random.pick(service.problems));
  const createdAt = wholeSecond(start + random.next() * length);
  return { service, problem, createdAt, course: courseOf(random, problem), storm: null, mergedAfter: null };
}

/** Thins incidents out by the hour of their service's team. */
function happens({ service, createdAt }: Drawn, { zone }: Organisation, random: Random): boolean {
  const target = service.policy.rules[0]?.targets[0];
  const { hour, weekday } = wallClock(createdAt, target?.zone ?? zone);
  const part = hour < 8 || hour >= 22 ? 'night' : hour < 18 && weekday < 6 ? 'business' : 'evening';
  return random.chance(DAY_SHAPE[part] / DAY_SHAPE.business);
}

/** One alert that comes and goes. */
function flapping(organisation: Organisation, random: Random, start: number): Drawn[] {
  const first = single(organisation, random, start, HOUR);
  const name = first.service.problems.find((problem) => problemOf(problem).temper === 'flapping');
  const problem = problemOf(name ?? 'pod_restart');
  let { createdAt } = first;
  return Array.from({ length: random.whole(3, MOST_FLAPS) }, () => {
    const opening: Drawn = { ...first, problem, createdAt, course: 'usual' };
    createdAt += random.pick(FLAPS) * SECOND;
    return opening;
  });
}

/** Many incidents of a few services at once; some go up in the first. */
function storm(organisation: Organisation, random: Random, first: Place): Opening[] {
  const services = Array.from({ length: random.whole(1, 3) }, () => anyService(organisation, random));
  let createdAt = wholeSecond(spanOf(first.slot).start + random.next() * HOUR);
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
  const others = Array.from({ length: random.whole(8, STORM.most) }, (_, index): Opening => {
    createdAt += random.chance(0.2) ? 0 : random.whole(1, STORM.apart) * SECOND;
    const service = random.pick(services);
    return {
      place: { slot: first.slot, index: first.index + 1 + index },
      service,
      problem: problemOf(random.pick(service.problems)),
      createdAt,
      course: 'usual',
      storm: leader,
      mergedAfter: random.chance(STORM.merged) ? random.whole(120, 900) : null,
    };
  });
  return [leader, ...others];
}
