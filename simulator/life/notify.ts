import type { Habit, Person } from '../organisation/things.ts';
import { SECOND } from '../time.ts';
import type { Story } from './story.ts';

/** Ways to reach people; `whatsapp` stands for those that a client has never heard of. */
export type Means = 'push' | 'sms' | 'phone' | 'email' | 'whatsapp';

/** Seconds from the assignment to each contact attempt. */
type Rules = readonly (readonly [seconds: number, means: Means])[];

/** When people are told of urgent incidents; the exact ones lie just below, at and just over five minutes apart. */
const URGENT = {
  swift: [[0, 'push'], [0, 'email'], [60, 'sms'], [180, 'phone'], [600, 'phone']],
  patient: [[0, 'push'], [120, 'email'], [300, 'sms'], [720, 'phone']],
  push_only: [[1, 'push'], [240, 'push']],
  pager: [[0, 'phone'], [5, 'sms'], [480, 'whatsapp']],
  exact_below: [[0, 'push'], [299, 'phone'], [599, 'phone']],
  exact_at: [[0, 'sms'], [300, 'phone']],
  exact_above: [[0, 'sms'], [301, 'phone'], [602, 'whatsapp']],
} as const satisfies Record<Habit, Rules>; // biome-ignore format: one habit a line

const CALM = [
  [0, 'email'],
  [900, 'push'],
] as const satisfies Rules;

/** How contact attempts go, as weights. */
const OUTCOMES = { success: 30, failed: 1, no_answer: 2 } as const;

const NAMELESS = 0.004;
const ONLY_IN_CHANNEL = 0.25;

/** Tells people of the incident, as their habits want, until [from, end) is over; the urgency is that of `from`. */
export function notify(
  story: Story,
  people: readonly Person[],
  from: number,
  end: number,
  urgency: string,
): void {
  for (const person of people) {
    for (const [seconds, means] of rulesFor(person, urgency)) {
      const time = from + seconds * SECOND;
      if (time < end) contact(story, person, means, time);
    }
  }
}

/** When and how a person wants to be told of incidents of an urgency. */
export function rulesFor({ habit }: Person, urgency: string): Rules {
  return urgency === 'high' ? URGENT[habit] : CALM;
}

function contact(story: Story, person: Person, means: Means, time: number): void {
  const { random } = story;
  const nameless = random.chance(NAMELESS);
  const notification = {
    id: random.id('P', 7),
    type: `${means}_notification`,
    started_at: new Date(time),
    address: means === 'push' ? null : addressOf(means, person, random.whole(1000, 9999)),
    status: random.weighted(OUTCOMES),
    ...(nameless ? {} : { user: person }),
  };
  const inField = !nameless && !random.chance(ONLY_IN_CHANNEL);
  story.write('notify', time, {
    summary: nameless ? `Notified by ${means}` : `Notified ${person.name} by ${means}`,
    agent: random.chance(0.05) ? null : story.incident.service,
    channel: { type: 'auto', notification },
    ...(inField ? { user: person } : {}),
  });
}

function addressOf(means: Means, person: Person, digits: number): string {
  return means === 'email' ? person.email : `+1 555 010 ${digits}`;
}
