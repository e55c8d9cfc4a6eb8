import { reachedBy } from '../organisation/policies.ts';
import type { Person, Policy } from '../organisation/things.ts';
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

/** Walks up the policy, and around it again, as long as nobody takes the incident; gives back who has it last. */
export function climb(story: Story, waiting: Waiting): Person[] {
  const { policy, end } = waiting;
  const rounds = policy.loops + 1;
  let from = waiting.from;
  let charged: Person[] = [];
  for (let step = 0; step < rounds * policy.rules.length; step += 1) {
    if (from >= end) return charged;
    const rule = policy.rules[step % policy.rules.length];
    if (!rule) return charged;
    charged = reachedBy(rule, from);
    if (step > 0 && step % policy.rules.length === 0) repeat(story, from);
    charge(story, charged, from, step);
    const next = from + rule.delayMinutes * MINUTE;
    notify(story, charged, from, Math.min(next, end), waiting.urgency);
    from = next;
  }
  if (from < end) exhaust(story, from);
  return charged;
}

function charge(story: Story, people: Person[], time: number, step: number): void {
  const escalated = step > 0;
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
