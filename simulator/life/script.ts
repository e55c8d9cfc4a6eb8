import type { Model } from '../model/schema.ts';
import type { Person, Service } from '../organisation/things.ts';
import type { Random } from '../random.ts';
import { DAY, HOUR, MINUTE, SECOND, wallClock } from '../time.ts';
import type { Course } from './course.ts';
import type { Temper } from './problems.ts';

/** How an incident ends; `open` does not. */
export type Ending = 'user' | 'integration' | 'timeout' | 'merged' | 'open';

/** The endings that one resolve entry tells. */
export type OwnEnding = Exclude<Ending, 'merged' | 'open'>;

/** When an incident is taken by somebody and how it ends; epoch ms. */
export interface Script {
  /** Null where nobody ever takes it. */
  acknowledgedAt: number | null;
  ending: Ending;
  /** Infinity for an incident that stays open. */
  endsAt: number;
}

/** The latest end of a usual life and of one that takes days, from its beginning, ms. */
const LATEST_END = { usual: 17 * HOUR, days: 30 * DAY } as const;

/** What a script is drawn for. */
export interface Scene {
  model: Model;
  temper: Temper;
  course: Course;
  service: Service;
  /** Who is told first. */
  first: Person | undefined;
  /** Epoch ms. */
  from: number;
  /** The account's zone. */
  zone: string;
}

/** Draws how an incident that begins at `from` goes on; by night people take longer. */
export function draw(random: Random, scene: Scene): Script {
  const { model, temper, course, service, from } = scene;
  const { taken, ends } = model.tempers[temper];
  const { awake, asleep } = model.people.minutes_to_acknowledge;
  const { hour } = wallClock(from, scene.first?.home ?? scene.zone);
  const isNight = hour < 8 || hour >= 22;
  const delay = 20 * SECOND + random.exponential((isNight ? asleep : awake) * MINUTE);
  const takenAt = random.chance(taken) ? wholeSecond(from + delay) : null;
  const ending = course === 'usual' ? endingOf(random.weighted(ends), service) : BY_COURSE[course];
  const endsAt = ending === 'open' ? Number.POSITIVE_INFINITY : endOf(ending, random, scene, takenAt);
  return { acknowledgedAt: takenAt !== null && takenAt < endsAt ? takenAt : null, ending, endsAt };
}

/** How courses out of the usual end, the first time. */
const BY_COURSE = { days: 'user', returns: 'user', open: 'open' } as const satisfies Record<
  Exclude<Course, 'usual'>,
  Ending
>;

function endingOf(drawn: OwnEnding, service: Service): OwnEnding {
  return drawn === 'timeout' && service.autoResolveTimeout === null ? 'integration' : drawn;
}

function endOf(
  ending: OwnEnding,
  random: Random,
  { model, temper, course, service, from }: Scene,
  takenAt: number | null,
): number {
  const ways = {
    timeout: () => from + (service.autoResolveTimeout ?? 0) * SECOND,
    integration: () => from + 15 * SECOND + random.exponential(model.tempers[temper].heals_minutes * MINUTE),
    user: () => (takenAt ?? from + 5 * MINUTE) + 30 * SECOND + work(random, course, model),
  } as const;
  return wholeSecond(Math.min(ways[ending](), from + LATEST_END[course === 'days' ? 'days' : 'usual']));
}

/** How long somebody works on an incident. */
function work(random: Random, course: Course, { people }: Model): number {
  if (course === 'days') return DAY + random.exponential(DAY);
  const takesHours = random.chance(people.takes_hours);
  return random.exponential(takesHours ? 5 * HOUR : people.minutes_of_work * MINUTE);
}

/** The whole second that an instant lies in. */
export function wholeSecond(at: number): number {
  return Math.floor(at / SECOND) * SECOND;
}
