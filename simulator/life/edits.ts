import { isGone } from '../organisation/things.ts';
import type { State } from './incident.ts';
import type { Story } from './story.ts';
import type { Watch } from './take.ts';

/** Gives the incident a priority, or another one. */
export function prioritise(story: Story, watch: Watch): Watch {
  const { random, incident, organisation } = story;
  const before =
    incident.entries.findLast(({ change }) => change.priority !== undefined)?.change.priority ?? null;
  const others = organisation.priorities.filter((priority) => priority !== before);
  if (others.length === 0) return watch;
  const after = random.pick(others);
  story.write('priority_change', watch.at, {
    summary: `Priority changed to ${after.name}`,
    agent: watch.holder,
    channel: { type: 'website', old_priority: before, new_priority: after },
    change: { priority: after },
  });
  return watch;
}

/** Turns a high urgency low and the other way round. */
export function changeUrgency(story: Story, watch: Watch): Watch {
  const { random, incident } = story;
  const last = incident.entries.findLast(({ change }) => change.urgency !== undefined)?.change.urgency;
  const urgency = (last ?? incident.birth.urgency) === 'high' ? 'low' : 'high';
  const byHand = random.chance(0.6);
  story.write('urgency_change', watch.at, {
    summary: `Urgency changed to ${urgency}`,
    agent: byHand ? watch.holder : null,
    channel: { type: byHand ? 'website' : 'auto' },
    change: { urgency },
  });
  return watch;
}

/** Gives the incident another title. */
export function retitle(story: Story, watch: Watch): Watch {
  const { title } = story.incident;
  const value = `${title} - ${story.random.pick(['customers affected', 'known', 'being looked at'])}`;
  editByHand(story, watch, { field: 'title', value, old_value: title }, { title: value });
  return watch;
}

/** Gives the incident to another service, mostly one of the same team. */
export function move(story: Story, watch: Watch): Watch {
  const { random, organisation, incident } = story;
  const { service: from } = incident;
  const others = organisation.services.filter((service) => service !== from && !isGone(service, watch.at));
  const near = others.filter(({ team }) => team === from.team);
  const among = near.length > 0 && random.chance(0.7) ? near : others;
  if (among.length === 0) return watch;
  const service = random.pick(among);
  const teams = [...new Set([...incident.birth.teams, service.team])];
  editByHand(story, watch, { field: 'service', value: service.id, old_value: from.id }, { service, teams });
  return watch;
}

/** Edits an incident by hand; the log tells it only half of the time, as it is not known whether PagerDuty's does. */
function editByHand(
  story: Story,
  { at, holder }: Watch,
  { field, ...values }: { field: string; value: string; old_value: string },
  change: Partial<State>,
): void {
  if (story.random.chance(0.5)) {
    story.edit(at, change);
    return;
  }
  story.write('field_value_change', at, {
    summary: `The ${field} was changed by ${holder.name}`,
    agent: holder,
    channel: {
      type: 'website',
      changeset: { application_fields: [{ id: field, name: field, namespace: 'incidents', ...values }] },
    },
    change,
  });
}
