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

const ENDINGS = {
  genuine: { user: 80, integration: 15, timeout: 2 },
  healing: { user: 6, integration: 92, timeout: 1 },
  flapping: { user: 3, integration: 96, timeout: 1 },
  forgotten: { user: 35, integration: 10, timeout: 50 },
  noisy: { user: 25, integration: 60, timeout: 14 },
} as const satisfies Record<Temper, Record<OwnEnding, number>>;

/** The latest end of a usual life and of one that takes days, from its beginning, ms. */
const LATEST_END = { usual: 17 * HOUR, days: 30 * DAY } as const;

/** Share of incidents that somebody takes, if they last long enough. */
const TAKEN = { genuine: 0.94, healing: 0.7, flapping: 0.5, forgotten: 0.3, noisy: 0.7 } as const;

/** Mean time in minutes until an incident ends by itself. */
const HEALS = { genuine: 45, healing: 4, flapping: 5, forgotten: 200, noisy: 25 } as const satisfies Record<
  Temper,
  number
>;

/** What a script is drawn for. */
export interface Scene {
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
  const { temper, course, service, from } = scene;
  const { hour } = wallClock(from, scene.first?.zone ?? scene.zone);
  const asleep = hour < 8 || hour >= 22;
  const delay = 20 * SECOND + random.exponential(asleep ? 9 * MINUTE : 4 * MINUTE);
  const takenAt = random.chance(TAKEN[temper]) ? wholeSecond(from + delay) : null;
  const ending = course === 'usual' ? endingOf(random.weighted(ENDINGS[temper]), service) : BY_COURSE[course];
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
  { temper, course, service, from }: Scene,
  takenAt: number | null,
): number {
  const ways = {
    timeout: () => from + (service.autoResolveTimeout ?? 0) * SECOND,
    integration: () => from + 15 * SECOND + random.exponential(HEALS[temper] * MINUTE),
    user: () => (takenAt ?? from + 5 * MINUTE) + 30 * SECOND + work(random, course),
  } as const;
  return wholeSecond(Math.min(ways[ending](), from + LATEST_END[course === 'days' ? 'days' : 'usual']));
}

/** How long somebody works on an incident: mostly under an hour, at times for days. */
function work(random: Random, course: Course): number {
  if (course === 'days') return DAY + random.exponential(DAY);
  return random.chance(0.1) ? random.exponential(5 * HOUR) : random.exponential(30 * MINUTE);
}

/** The whole second that an instant lies in. */
export function wholeSecond(at: number): number {
  return Math.floor(at / SECOND) * SECOND;
}
