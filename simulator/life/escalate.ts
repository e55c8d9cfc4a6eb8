import { reachedBy } from '../organisation/duty.ts';
import type { Person, Policy, Rule } from '../organisation/things.ts';
import { MINUTE } from '../time.ts';
import { notify } from './notify.ts';
import { assignment, namesOf, type Story } from './story.ts';

/** A stretch in which nobody has taken the incident yet: [from, end), under a policy. */
export interface Waiting {
  from: number;
  end: number;
  policy: Policy;
  urgency: string;
}

/** Walks up the policy, and around it again, as long as nobody takes the incident; gives back who has it last. A level where nobody is on duty is passed over at once. */
export function climb(story: Story, waiting: Waiting): Person[] {
  const { policy, end } = waiting;
  const levels = policy.rules.length;
  let from = waiting.from;
  let charged: Person[] = [];
  for (let step = 0; step < (policy.loops + 1) * levels; step += 1) {
    if (from >= end) return charged;
    const rule = policy.rules[step % levels] as Rule;
    const reached = reachedBy(rule, from);
    if (step > 0 && step % levels === 0) repeat(story, from);
    if (reached.length === 0) continue;
    charge(story, reached, from, charged.length > 0);
    charged = reached;
    const next = from + rule.delayMinutes * MINUTE;
    notify(story, charged, from, Math.min(next, end), waiting.urgency);
    from = next;
  }
  if (from < end) exhaust(story, from);
  return charged;
}

function charge(story: Story, people: Person[], time: number, escalated: boolean): void {
  story.write(escalated ? 'escalate' : 'assign', time, {
    summary: `${escalated ? 'Escalated' : 'Assigned'} to ${namesOf(people)}`,
    agent: story.random.chance(0.1) ? null : story.incident.service,
    channel: { type: escalated ? 'timeout' : 'auto' },
    assignees: people,
    change: assignment(people, time),
  });
}

function repeat(story: Story, time: number): void {
  story.write('repeat_escalation_path', time, {
    summary: 'Cycled back to the start of the escalation policy',
    agent: story.incident.service,
    channel: { type: 'timeout' },
  });
}

function exhaust(story: Story, time: number): void {
  story.write('exhaust_escalation_path', time, {
    summary: 'Reached the end of the escalation policy',
    agent: story.incident.service,
    channel: { type: 'timeout' },
  });
}
