import type { Timeline } from '../account/timeline.ts';
import type { Incident } from '../life/incident.ts';
import type { Kind, Thing } from '../organisation/things.ts';
import { timestamp } from '../time.ts';

/** How a question wants its answer shown. */
export interface Lens {
  timeline: Timeline;
  /** Zone of the timestamps. */
  zone: string;
  /** What include[] asks to be whole. */
  included: ReadonlySet<string>;
  /** True for incidents that stay references whatever is asked for, as the key may not see them. */
  isUnseen(incident: Incident): boolean;
}

const API = 'https://api.pagerduty.com';
/** The web site of the simulated account. */
export const SITE = 'https://simulated.pagerduty.com';

/** Where things of a kind are in the API and on the web site; null where they have no place of their own. */
const PLACES = {
  user: { api: 'users', site: 'users' },
  team: { api: 'teams', site: 'teams' },
  service: { api: 'services', site: 'service-directory' },
  integration: { api: null, site: null },
  escalation_policy: { api: 'escalation_policies', site: 'escalation_policies' },
  schedule: { api: 'schedules', site: 'schedules' },
  schedule_v3: { api: 'v3/schedules', site: 'schedules' },
  priority: { api: 'priorities', site: null },
  incident: { api: 'incidents', site: 'incidents' },
} as const satisfies Record<Kind, { api: string | null; site: string | null }>;

/** The fields that every resource begins with; what is deleted has no links. */
export function head(thing: Thing, type: string = thing.kind) {
  const { api, site } = PLACES[thing.kind];
  return {
    id: thing.id,
    type,
    summary: thing.name,
    self: api && !thing.deleted ? `${API}/${api}/${thing.id}` : null,
    html_url: site && !thing.deleted ? `${SITE}/${site}/${thing.id}` : null,
  };
}

/** A pointer to a thing. */
export function reference(thing: Thing) {
  return head(thing, `${thing.kind}_reference`);
}

const NOTHING: ReadonlySet<string> = new Set();

/** A thing whole where the question asks for it under one of the names, with references in it; a deleted one stays a reference. */
export function perhaps<T extends Thing>(
  lens: Lens,
  names: readonly string[],
  thing: T,
  whole: (lens: Lens, thing: T) => object,
): object {
  const asked = names.some((name) => lens.included.has(name));
  return asked && !thing.deleted ? whole({ ...lens, included: NOTHING }, thing) : reference(thing);
}

/** Makes free content fit for an answer: things become references, dates become timestamps. */
export function plain(value: unknown, zone: string): unknown {
  if (value instanceof Date) return timestamp(value.getTime(), zone);
  if (Array.isArray(value)) return value.map((item) => plain(item, zone));
  if (value === null || typeof value !== 'object') return value;
  if (isThing(value)) return reference(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item, zone)]));
}

function isThing(value: object): value is Thing {
  return 'kind' in value && 'id' in value && 'name' in value;
}
