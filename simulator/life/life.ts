import type { Organisation, Person, Service } from '../organisation/things.ts';
import type { Random } from '../random.ts';
import { ACTS, PAUSE } from './acts.ts';
import { merge, perhapsReopen, resolve } from './endings.ts';
import { climb } from './escalate.ts';
import type { Incident, State } from './incident.ts';
import { fill, type Problem } from './problems.ts';
import { draw, type Script, wholeSecond } from './script.ts';
import { begin, type Story } from './story.ts';
import { isSupported, perhapsTurnUrgent } from './support-hours.ts';
import { acknowledge, type Watch } from './take.ts';
import { trigger } from './trigger.ts';

/** What there is to say of an incident before its life is written. */
export interface Opening {
  service: Service;
  problem: Problem;
  /** A whole second, epoch ms. */
  createdAt: number;
  /** A life already drawn, of one that goes up in another. */
  merged?: { into: Life; at: number };
}

/** An incident with what its life was drawn from. */
export interface Life {
  story: Story;
  script: Script;
}

const URGENT = ['critical', 'error'];

/** Writes the whole life of an incident, first to last; its entries are in order of time only once settled. */
export function live(organisation: Organisation, random: Random, opening: Opening): Life {
  const story = begin(organisation, random, conceive(random, opening, organisation.zone));
  const { incident } = story;
  const from = opening.createdAt;
  const script = opening.merged ? cutShort(opening.merged.at) : drawFor(story, opening);
  trigger(story, from, opening.problem);
  const untaken = Math.min(script.acknowledgedAt ?? script.endsAt, script.endsAt);
  const { policy, urgency } = incident.birth;
  const charged = climb(story, { from, end: untaken, policy, urgency });
  const watch = work(story, charged, script);
  perhapsTurnUrgent(story, watch);
  if (opening.merged)
    merge(story, watch, { target: opening.merged.into.story.incident, story: opening.merged.into.story });
  else if (script.ending !== 'open') {
    resolve(story, watch, script.ending);
    if (script.ending === 'user') perhapsReopen(story, watch);
  }
  return { story, script };
}

function drawFor(
  { organisation, random, incident }: Story,
  { problem, service, createdAt }: Opening,
): Script {
  const target = incident.birth.policy.rules[0]?.targets[0];
  const first = target?.kind === 'schedule' ? target.rotation.at(createdAt).person : target;
  return draw(random, { temper: problem.temper, service, first, from: createdAt, zone: organisation.zone });
}

function cutShort(at: number): Script {
  return { acknowledgedAt: null, ending: 'user', endsAt: at };
}

/** Writes what people do from the moment one of them takes the incident until its end. */
function work(story: Story, charged: readonly Person[], { acknowledgedAt, endsAt }: Script): Watch {
  const { random } = story;
  const holder = random.pick(charged);
  let watch: Watch = { holder, at: acknowledgedAt ?? endsAt, end: endsAt };
  if (acknowledgedAt === null) return watch;
  if (random.chance(0.04)) acknowledgeByBot(story, acknowledgedAt);
  acknowledge(story, holder, acknowledgedAt);
  for (const { chance, act } of Object.values(ACTS)) {
    if (!random.chance(chance)) continue;
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

function conceive(random: Random, { service, problem, createdAt }: Opening, zone: string): Incident {
  const key = problem.key && random.chance(0.85) ? fill(problem.key, service.name, random) : null;
  return {
    kind: 'incident',
    id: random.id('Q', 14),
    name: '',
    number: 0,
    title: fill(problem.title, service.name, random),
    key,
    service,
    createdAt,
    entries: [],
    birth: birthOf(random, service, problem, createdAt, zone),
  };
}

function birthOf(random: Random, service: Service, problem: Problem, createdAt: number, zone: string): State {
  const urgencies = {
    high: 'high',
    low: 'low',
    severity_based: URGENT.includes(problem.severity) ? 'high' : 'low',
    support_hours: isSupported(createdAt, zone) ? 'high' : 'low',
  } as const;
  return {
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
    alerts: random.chance(0.15) ? 0 : 1 + random.poisson(0.6),
  };
}
