import { reachedBy } from '../organisation/duty.ts';
import type { Person } from '../organisation/things.ts';
import { type Random, randomFor } from '../random.ts';
import { SECOND } from '../time.ts';
import { ACTS, PAUSE } from './acts.ts';
import { type Merging, merge, perhapsReopen, resolve } from './endings.ts';
import { climb } from './escalate.ts';
import type { Incident, State } from './incident.ts';
import type { Ground, Opening } from './openings.ts';
import { idsAt } from './place.ts';
import { fill } from './problems.ts';
import { draw, type Script, wholeSecond } from './script.ts';
import { begin, type Story, settle } from './story.ts';
import { isSupported, perhapsTurnUrgent } from './support-hours.ts';
import { acknowledge, type Watch } from './take.ts';
import { trigger } from './trigger.ts';

const URGENT = ['critical', 'error'];

/** An incident as far as it is written, with what its life was drawn from. */
interface Life extends Merging {
  opening: Opening;
  script: Script;
}

/** Writes the whole lives of incidents that begin together: one alone, or all of a storm with its first in front. */
export function writeLives(ground: Ground, openings: readonly Opening[]): Incident[] {
  const [first, ...others] = openings as [Opening, ...Opening[]];
  const leader = live(ground, first);
  const lives = others.map((opening) => live(ground, opening, mergedAt(opening, leader)));
  merge(
    lives.filter(({ script }) => script.ending === 'merged'),
    leader.story,
  );
  return [leader, ...lives].map(({ story, opening }) => settle(story, opening));
}

/** When people merge the incident into the first of its storm, if that is still open then. */
function mergedAt({ createdAt, mergedAfter }: Opening, leader: Life): number | null {
  const at = createdAt + (mergedAfter ?? 0) * SECOND;
  return mergedAfter !== null && at < leader.script.endsAt ? at : null;
}

/** Writes a life first to last, but for its merging; its entries are in order of time only once settled. */
function live(ground: Ground, opening: Opening, merged: number | null = null): Life {
  const { slot, index } = opening.place;
  const random = randomFor(ground.seed, 'life', slot, index);
  const idOf = idsAt(opening.place, random);
  const incident = conceive(random, opening, ground, idOf('Q', 14));
  const story = begin(ground, random, incident, idOf);
  const from = opening.createdAt;
  const script: Script =
    merged === null ? drawFor(story, opening) : { acknowledgedAt: null, ending: 'merged', endsAt: merged };
  trigger(story, from, opening.problem);
  const untaken = Math.min(script.acknowledgedAt ?? script.endsAt, script.endsAt);
  const { policy, urgency } = incident.birth;
  const charged = climb(story, { from, end: untaken, policy, urgency });
  const watch = work(story, charged, script);
  perhapsTurnUrgent(story, watch);
  if (script.ending !== 'open' && script.ending !== 'merged') {
    resolve(story, watch, script.ending);
    if (script.ending === 'user') perhapsReopen(story, watch, opening.course);
  }
  return { story, watch, opening, script };
}

function drawFor(
  { organisation, model, random, incident }: Story,
  { problem, service, createdAt, course }: Opening,
): Script {
  const rule = incident.birth.policy.rules[0];
  const first = rule && reachedBy(rule, createdAt)[0];
  const { zone } = organisation;
  return draw(random, { model, temper: problem.temper, course, service, first, from: createdAt, zone });
}

/** Writes what people do from the moment one of them takes the incident until its end. */
function work(story: Story, charged: readonly Person[], { acknowledgedAt, endsAt }: Script): Watch {
  const { random } = story;
  const holder = random.pick(charged);
  let watch: Watch = { holder, at: acknowledgedAt ?? endsAt, end: endsAt };
  if (acknowledgedAt === null) return watch;
  if (random.chance(0.04)) acknowledgeByBot(story, acknowledgedAt);
  acknowledge(story, holder, acknowledgedAt);
  for (const [name, act] of ACTS) {
    if (!random.chance(story.model.work[name])) continue;
    const at = wholeSecond(watch.at + Math.min(PAUSE.most, random.exponential(PAUSE.mean))) + 1000;
    if (at >= watch.end) break;
    watch = act(story, { ...watch, at });
  }
  return watch;
}

function acknowledgeByBot(story: Story, time: number): void {
  const { integration } = story.incident.service;
  story.write('acknowledge', time, {
    summary: `Acknowledged by ${integration.name}`,
    agent: integration,
    channel: { type: 'api' },
    change: {
      status: 'acknowledged',
      statusChangedAt: time,
      statusChangedBy: integration,
      acknowledgements: [{ at: time, by: integration }],
    },
  });
}

function conceive(random: Random, opening: Opening, ground: Ground, id: string): Incident {
  const { service, problem, createdAt } = opening;
  const key = problem.key && random.chance(0.85) ? fill(problem.key, service.slug, random) : null;
  const title = fill(problem.title, service.slug, random);
  return {
    kind: 'incident',
    id,
    name: '',
    number: 0,
    title,
    key,
    service,
    createdAt,
    entries: [],
    steps: [],
    birth: birthOf(random, opening, ground, title),
  };
}

function birthOf(
  random: Random,
  { service, problem, createdAt }: Opening,
  { organisation, model }: Ground,
  title: string,
): State {
  const { none, further } = model.incidents.alerts;
  const urgencies = {
    high: 'high',
    low: 'low',
    severity_based: URGENT.includes(problem.severity) ? 'high' : 'low',
    support_hours: isSupported(createdAt, organisation.zone) ? 'high' : 'low',
  } as const;
  return {
    title,
    service,
    status: 'triggered',
    urgency: urgencies[service.urgency],
    priority: null,
    policy: service.policy,
    teams: [service.team],
    assignments: [],
    assignedVia: 'escalation_policy',
    acknowledgements: [],
    statusChangedAt: createdAt,
    statusChangedBy: service,
    resolvedAt: null,
    mergedInto: null,
    alerts: random.chance(none) ? 0 : 1 + random.poisson(further),
  };
}
