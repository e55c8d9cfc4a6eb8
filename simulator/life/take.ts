import type { Person } from '../organisation/things.ts';
import { SECOND } from '../time.ts';
import { notify } from './notify.ts';
import { wholeSecond } from './script.ts';
import { assignment, namesOf, type Story, statusChange, type Told } from './story.ts';

/** Through what people answer. */
const HANDS = ['website', 'mobile', 'sms', 'phone'] as const;
const OTHER_NAME = 0.02;

/** A stretch of an incident's life in which somebody works on it: from `at` to `end`. */
export interface Watch {
  holder: Person;
  at: number;
  end: number;
}

/** Writes that somebody took the incident. */
export function acknowledge(story: Story, person: Person, time: number): void {
  const { random, incident } = story;
  story.write(random.chance(OTHER_NAME) ? 'acknowledgement' : 'acknowledge', time, {
    summary: `Acknowledged by ${person.name}`,
    agent: person,
    channel: { type: random.pick(HANDS) },
    fields: { acknowledgement_timeout: incident.service.acknowledgementTimeout },
    change: {
      ...statusChange('acknowledged', time, person),
      acknowledgements: [{ at: time, by: person }],
    },
  });
}

/** Writes that an acknowledgement ended by itself, tells the holder, and lets them take it again. */
export function lapse(story: Story, watch: Watch, time: number): Watch {
  story.write('unacknowledge', time, {
    summary: 'Unacknowledged: nobody was heard of for too long',
    agent: story.random.chance(0.2) ? null : story.incident.service,
    channel: { type: 'timeout' },
    change: { ...statusChange('triggered', time, null), acknowledgements: [] },
  });
  return call(story, [watch.holder], time, watch.end);
}

/** Hands the incident to others, who are told and take it after a while. */
export function handOver(
  story: Story,
  to: { type: string; people: Person[]; time: number; end: number },
  told: Pick<Told, 'agent' | 'channel' | 'change'>,
): Watch {
  const { people, time, end } = to;
  story.write(to.type, time, {
    ...told,
    summary: `Handed to ${namesOf(people)}`,
    assignees: people,
    change: {
      ...statusChange('triggered', time, told.agent ?? null),
      ...assignment(people, time),
      acknowledgements: [],
      ...told.change,
    },
  });
  return call(story, people, time, end);
}

/** Tells people until the first of them takes the incident, or it is over. */
function call(story: Story, people: Person[], from: number, end: number): Watch {
  const { random } = story;
  const takenAt = wholeSecond(from + 30 * SECOND + random.exponential(400 * SECOND));
  const holder = random.pick(people);
  notify(story, people, from, Math.min(takenAt, end), story.incident.birth.urgency);
  if (takenAt >= end) return { holder, at: end, end };
  acknowledge(story, holder, takenAt);
  return { holder, at: takenAt, end };
}
