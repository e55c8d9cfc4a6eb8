import type { Model } from '../model/schema.ts';
import { reachedBy } from '../organisation/duty.ts';
import { isGone, type Person } from '../organisation/things.ts';
import { HOUR, MINUTE, SECOND } from '../time.ts';
import { changeUrgency, move, prioritise, retitle } from './edits.ts';
import { NOTES, UPDATES } from './notes.ts';
import { notify } from './notify.ts';
import { type Problem, problemOf } from './problems.ts';
import type { Story } from './story.ts';
import { handOver, lapse, type Watch } from './take.ts';
import { trigger } from './trigger.ts';

/** Does one thing at `watch.at` and gives back how things stand after it. */
type Act = (story: Story, watch: Watch) => Watch;

const CATALOGUE = {
  further_event: furtherEvent,
  note: (story, watch) => annotate(story, watch, false),
  note_of_a_bot: (story, watch) => annotate(story, watch, true),
  priority: prioritise,
  urgency: changeUrgency,
  lapse: ackTimeout,
  responders: requestResponder,
  escalate: escalateByHand,
  reassign,
  delegate,
  status_update: updateStatus,
  snooze,
  something_new: somethingNew,
  lower_priority: prioritise,
  retitle,
  move,
} as const satisfies Record<keyof Model['work'], Act>;

/** What may happen while somebody works on an incident, in the order of happening; the model says how often. */
export const ACTS = Object.entries(CATALOGUE) as [keyof Model['work'], Act][];

function furtherEvent(story: Story, watch: Watch): Watch {
  const problem: Problem = problemOf(story.random.pick(story.incident.service.problems));
  trigger(story, watch.at, problem);
  return watch;
}

function annotate(story: Story, watch: Watch, bot: boolean): Watch {
  const { random, incident } = story;
  story.write('annotate', watch.at, {
    summary: bot ? 'Note added by a bot' : `Note added by ${watch.holder.name}`,
    agent: bot ? incident.service.integration : watch.holder,
    channel: { type: 'note', summary: bot ? 'The last five log lines are attached.' : random.pick(NOTES) },
  });
  return watch;
}

function ackTimeout(story: Story, watch: Watch): Watch {
  const seconds = story.incident.service.acknowledgementTimeout;
  const time = watch.at + (seconds ?? 0) * SECOND;
  return seconds === null || time >= watch.end ? watch : lapse(story, watch, time);
}

function requestResponder(story: Story, watch: Watch): Watch {
  const { random, organisation, incident } = story;
  const policy = random.pick(organisation.policies.filter((one) => !isGone(one, watch.at)));
  const people = reachedBy(policy.rules[0] ?? random.pick(policy.rules), watch.at);
  story.write('responder_request_for_escalation_policy', watch.at, {
    summary: `${watch.holder.name} asked ${policy.name} for help`,
    agent: watch.holder,
    channel: { type: 'website', escalation_policy: policy, message: 'Please help.' },
  });
  notify(story, people, watch.at, Math.min(watch.end, watch.at + 4 * MINUTE), incident.birth.urgency);
  return watch;
}

function escalateByHand(story: Story, watch: Watch): Watch {
  const { policy } = story.incident.birth;
  const rule = policy.rules[1];
  const people = rule ? reachedBy(rule, watch.at) : [];
  if (people.length === 0) return watch;
  const to = { type: 'escalate', people, time: watch.at, end: watch.end };
  return handOver(story, to, { agent: watch.holder, channel: { type: 'website' } });
}

function reassign(story: Story, watch: Watch): Watch {
  const { random } = story;
  const others = colleagues(story, watch);
  if (others.length === 0) return watch;
  const people = [random.pick(others)];
  const to = { type: random.pick(['assign', 'assign', 'reassign']), people, time: watch.at, end: watch.end };
  return handOver(story, to, {
    agent: watch.holder,
    channel: { type: 'website' },
    change: { assignedVia: 'direct_assignment' },
  });
}

function colleagues({ organisation, incident }: Story, { holder, at }: Watch): Person[] {
  const team = organisation.people.filter(
    (person) => person.teams.includes(incident.service.team) && !organisation.helpers.includes(person),
  );
  return [...team, ...organisation.helpers].filter((person) => person !== holder && !isGone(person, at));
}

function delegate(story: Story, watch: Watch): Watch {
  const { random, organisation, incident } = story;
  const others = organisation.policies.filter(
    (other) => other !== incident.service.policy && !isGone(other, watch.at),
  );
  const policy = others.length > 0 ? random.pick(others) : null;
  const rule = policy?.rules[0];
  const people = rule ? reachedBy(rule, watch.at) : [];
  if (!policy || people.length === 0) return watch;
  const to = { type: 'delegate', people, time: watch.at, end: watch.end };
  const teams = [...new Set([...incident.birth.teams, ...(policy.team ? [policy.team] : [])])];
  return handOver(story, to, {
    agent: watch.holder,
    channel: { type: 'website' },
    change: { policy, teams },
  });
}

function updateStatus(story: Story, watch: Watch): Watch {
  const message = story.random.pick(UPDATES);
  story.write('status_update', watch.at, {
    summary: `Status update by ${watch.holder.name}`,
    agent: watch.holder,
    channel: { type: 'website', message },
    fields: { message },
  });
  return watch;
}

function snooze(story: Story, watch: Watch): Watch {
  const duration = story.random.pick([600, 1800, 3600, 14_400]);
  const over = watch.at + duration * SECOND;
  story.write('snooze', watch.at, {
    summary: `Snoozed by ${watch.holder.name}`,
    agent: watch.holder,
    channel: { type: 'website', duration },
    fields: { changed_actions: [{ type: 'unacknowledge', at: new Date(over) }] },
  });
  return over < watch.end ? lapse(story, watch, over) : { ...watch, at: watch.end };
}

function somethingNew(story: Story, watch: Watch): Watch {
  const { random, incident } = story;
  story.write(
    random.pick(['incident_workflow_start', 'huddle_open', 'custom_field_value_change']),
    watch.at,
    {
      summary: 'Something happened that older clients do not know',
      agent: random.pick([watch.holder, incident.service.integration, null]),
      channel: { type: random.pick(['website', 'workflow']), workflow: { id: random.id('P', 7) } },
    },
  );
  return watch;
}

/** The longest pause between two acts. */
export const PAUSE = { mean: 6 * MINUTE, most: 2 * HOUR } as const;
