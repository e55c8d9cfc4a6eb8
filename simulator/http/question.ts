import type { Timeline } from '../account/timeline.ts';
import type { Lens } from '../answers/reference.ts';
import type { Organisation } from '../organisation/things.ts';
import { isZone, readTime } from '../time.ts';
import { ApiError } from './api-error.ts';
import { isUnseen, visiblePart } from './privacy.ts';
import type { Ways } from './ways.ts';

/** One request as endpoints see it; every reader throws an ApiError on what PagerDuty would refuse. */
export interface Question {
  timeline: Timeline;
  /** What the key may see of it. */
  organisation: Organisation;
  ways: Ways;
  /** The account's time, epoch ms. */
  now: number;
  /** The time up to which what is late has come, epoch ms. */
  arrivals: number;
  /** The part of the path behind the endpoint's name, or an empty text. */
  id: string;
  /** What a POST sends along; undefined for GET. */
  body: unknown;
  /** The last part of a path that names a thing within another, or an empty text. */
  partId: string;
  text(name: string): string | null;
  /** The values of a parameter written with brackets. */
  list(name: string): string[];
  flag(name: string): boolean;
  whole(name: string, fallback: number): number;
  /** Epoch ms; a text without an offset is read in the account's zone. */
  time(name: string): number | null;
  /** How to show the answer, in the zone asked for or the one given. */
  lens(zone: string): Lens;
}

/** What a question is made of. */
export interface Asked {
  parameters: URLSearchParams;
  body: unknown;
  id: string;
  partId: string;
  now: number;
  arrivals: number;
  timeline: Timeline;
  ways: Ways;
}

const TRUE = ['true', '1'];
const FALSE = ['false', '0'];

/** Makes a question of a request's query. */
export function questionOf({ parameters, ...known }: Asked): Question {
  const text = (name: string) => parameters.get(name);
  const list = (name: string) => parameters.getAll(`${name}[]`);
  return {
    ...known,
    organisation: visiblePart(known.timeline.organisation, known.ways),
    text,
    list,
    flag(name) {
      const value = text(name) ?? 'false';
      if (![...TRUE, ...FALSE].includes(value))
        throw new ApiError('invalid_input', `${name} must be true or false.`);
      return TRUE.includes(value);
    },
    whole(name, fallback) {
      const value = text(name);
      if (value === null) return fallback;
      if (!/^\d+$/.test(value))
        throw new ApiError('invalid_input', `${name} must be a whole number, not "${value}".`);
      return Number(value);
    },
    time(name) {
      const value = text(name);
      if (value === null) return null;
      const at = readTime(value, known.timeline.organisation.zone);
      if (at === null)
        throw new ApiError('invalid_range', `${name} must be an ISO 8601 time, not "${value}".`);
      return at;
    },
    lens(fallback) {
      const zone = text('time_zone') ?? fallback;
      if (!isZone(zone))
        throw new ApiError('invalid_input', `time_zone must be a zone's name, not "${zone}".`);
      const { timeline, ways } = known;
      const included = new Set(list('include'));
      return { timeline, zone, included, isUnseen: (incident) => isUnseen(incident, ways) };
    },
  };
}
