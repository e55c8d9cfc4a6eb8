import type { Thing } from '../organisation/things.ts';
import { MINUTE } from '../time.ts';
import type { Channel, Incident } from './incident.ts';
import { type Ending, wholeSecond } from './script.ts';
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
} as const satisfies Record<Exclude<Ending, 'open'>, (story: Story, watch: Watch) => Cause>;

const REOPENED = 0.05;
const NOTED = 0.1;

/** Writes the end of an incident. */
export function resolve(story: Story, watch: Watch, ending: Exclude<Ending, 'open'>): void {
  const { agent, channel } = CAUSES[ending](story, watch);
  const noted = ending === 'user' && story.random.chance(NOTED);
  story.write('resolve', watch.end, {
    summary: `Resolved by ${agent?.name ?? ending}`,
    agent,
    channel,
    ...(noted ? { fields: { note: 'Fixed, see the ticket.' } } : {}),
    change: resolution(watch.end, agent),
  });
}

/** Writes that a resolved incident is opened again, taken, and in the end resolved once more. */
export function perhapsReopen(story: Story, watch: Watch): void {
  const { random } = story;
  if (!random.chance(REOPENED)) return;
  const time = wholeSecond(watch.end + random.exponential(40 * MINUTE)) + 1000;
  const end = wholeSecond(time + 5 * MINUTE + random.exponential(40 * MINUTE));
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

/** Writes that an incident went up in another, whose alerts it takes along. */
export function merge(story: Story, watch: Watch, into: { target: Incident; story: Story }): void {
  const { incident } = story;
  const { end: time, holder } = watch;
  const alerts = [into.target, incident].reduce((sum, { entries, birth }) => {
    return (
      sum + (entries.findLast(({ change }) => change.alerts !== undefined)?.change.alerts ?? birth.alerts)
    );
  }, 0);
  story.write('resolve', time, {
    summary: `Merged into another incident by ${holder.name}`,
    agent: holder,
    channel: { type: 'website' },
    change: { ...resolution(time, holder), mergedInto: into.target, alerts: 0 },
  });
  into.story.write('merge', time, {
    summary: `Took in another incident, merged by ${holder.name}`,
    agent: holder,
    channel: { type: 'website', merged_incident: incident },
    change: { alerts },
  });
}

function resolution(time: number, by: Thing | null) {
  return {
    ...statusChange('resolved', time, by),
    resolvedAt: time,
    assignments: [],
    acknowledgements: [],
  };
}
