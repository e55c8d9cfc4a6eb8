import { isGone, type Thing } from '../organisation/things.ts';
import { DAY, HOUR, MINUTE } from '../time.ts';
import type { Course } from './course.ts';
import type { Channel } from './incident.ts';
import { type OwnEnding, wholeSecond } from './script.ts';
import { type Story, statusChange } from './story.ts';
import { handOver, type Watch } from './take.ts';

/** Who or what brought an end, and how. */
interface Cause {
  agent: Thing | null;
  channel: Channel;
}

/** How each way of ending looks in the log. */
const CAUSES = {
  user: ({ random }, { holder }) => ({
    agent: holder,
    channel: { type: random.pick(['website', 'mobile', 'sms']) },
  }),
  integration: ({ random, incident: { service } }) => ({
    agent: random.chance(0.08) ? null : random.pick([service.integration, service.integration, service]),
    channel: { type: service.integration.channel },
  }),
  timeout: ({ random, incident: { service } }) => ({
    agent: random.chance(0.3) ? null : service,
    channel: { type: 'timeout' },
  }),
} as const satisfies Record<OwnEnding, (story: Story, watch: Watch) => Cause>;

/** What the log says of each; services are not named, as they may be renamed. */
const SUMMARIES = {
  user: (_story, { holder }) => `Resolved by ${holder.name}`,
  integration: ({ incident: { service } }) => `Resolved by ${service.integration.name}`,
  timeout: () => 'Resolved: nobody was heard of for too long',
} as const satisfies Record<OwnEnding, (story: Story, watch: Watch) => string>;

/** Writes the end of an incident. */
export function resolve(story: Story, watch: Watch, ending: OwnEnding): void {
  const { agent, channel } = CAUSES[ending](story, watch);
  const noted = ending === 'user' && story.random.chance(story.model.resolved.noted);
  story.write('resolve', watch.end, {
    summary: SUMMARIES[ending](story, watch),
    agent,
    channel,
    ...(noted ? { fields: { note: 'Fixed, see the ticket.' } } : {}),
    change: resolution(watch.end, agent),
  });
}

/** Writes that a resolved incident is opened again, taken, and in the end resolved once more. */
export function perhapsReopen(story: Story, watch: Watch, course: Course): void {
  const { random } = story;
  const returns = course === 'returns';
  if (!returns && !random.chance(story.model.resolved.reopened)) return;
  const pause = returns
    ? DAY + random.next() * 13 * DAY
    : Math.min(3 * HOUR, random.exponential(40 * MINUTE));
  const time = wholeSecond(watch.end + pause) + 1000;
  if (isGone(watch.holder, time)) return;
  const end = wholeSecond(time + 5 * MINUTE + Math.min(3 * HOUR, random.exponential(40 * MINUTE)));
  story.write('reopen', time, {
    summary: `Opened again by ${watch.holder.name}`,
    agent: watch.holder,
    channel: { type: 'website' },
    change: { ...statusChange('triggered', time, watch.holder), resolvedAt: null },
  });
  const to = { type: 'assign', people: [watch.holder], time, end };
  resolve(
    story,
    handOver(story, to, { agent: null, channel: { type: 'auto' } }),
    random.pick(['user', 'integration']),
  );
}

/** An incident that people see to belong to another, when its watch ends. */
export interface Merging {
  story: Story;
  watch: Watch;
}

/** Writes that incidents went up in another, one after the other as time goes; it takes their alerts along. */
export function merge(mergings: readonly Merging[], into: Story): void {
  let { alerts } = into.incident.birth;
  for (const { story, watch } of mergings.toSorted((a, b) => a.watch.end - b.watch.end)) {
    const { incident } = story;
    const { end: time, holder } = watch;
    alerts += incident.birth.alerts;
    story.write('resolve', time, {
      summary: `Merged into another incident by ${holder.name}`,
      agent: holder,
      channel: { type: 'website' },
      change: { ...resolution(time, holder), mergedInto: into.incident, alerts: 0 },
    });
    into.write('merge', time, {
      summary: `Took in another incident, merged by ${holder.name}`,
      agent: holder,
      channel: { type: 'website', merged_incident: incident },
      change: { alerts },
    });
  }
}

function resolution(time: number, by: Thing | null) {
  return {
    ...statusChange('resolved', time, by),
    resolvedAt: time,
    assignments: [],
    acknowledgements: [],
  };
}
