import { beforeAll, describe, expect, it } from 'vitest';
import { ask, askAll, askEntries, startSmall } from '../testing.ts';

interface Reference {
  id: string;
  type: string;
}

interface Entry extends Reference {
  created_at: string;
  agent: Reference | null;
  user?: Reference;
  incident: Reference;
  channel: {
    type: string;
    summary?: string;
    notification?: { type: string; user?: Reference };
    old_priority?: Reference | null;
    new_priority?: Reference;
  };
}

interface Incident {
  id: string;
  title: string;
  status: string;
  created_at: string;
  resolved_at: string | null;
  priority: Reference | null;
}

const entries: Entry[] = [];
const incidents: Incident[] = [];
const statusesOfGonePeople: number[] = [];

beforeAll(async () => {
  const simulator = await startSmall();
  simulator.control({ order: 'ascending', bounds: '[)' });
  entries.push(...(await askEntries<Entry>(simulator, '2026-08-18T00:00:00Z', 90)));
  incidents.push(...(await askAll<Incident>(simulator, '/incidents?date_range=all', 'incidents')));
  const listed = new Set((await askAll<Reference>(simulator, '/users', 'users')).map(({ id }) => id));
  const notified = new Set(entries.flatMap(({ user }) => (user ? [user.id] : [])));
  for (const id of [...notified].filter((user) => !listed.has(user))) {
    statusesOfGonePeople.push((await ask(simulator, `/users/${id}`)).status);
  }
  await simulator.stop();
});

const of = (type: string) => entries.filter((entry) => entry.type === `${type}_log_entry`);
const logs = () => Map.groupBy(entries, ({ incident }) => incident.id);

/** The status that an entry leaves behind; none where it leaves it as it was. */
function statusAfter({ type, agent }: Entry): string | undefined {
  const handedOver = ['assign_log_entry', 'escalate_log_entry'].includes(type);
  if (handedOver) return agent?.type === 'user_reference' ? 'triggered' : undefined;
  const statuses: Record<string, string> = {
    acknowledge_log_entry: 'acknowledged',
    acknowledgement_log_entry: 'acknowledged',
    unacknowledge_log_entry: 'triggered',
    resolve_log_entry: 'resolved',
    reopen_log_entry: 'triggered',
    reassign_log_entry: 'triggered',
    delegate_log_entry: 'triggered',
  };
  return statuses[type];
}

describe('the log and the incidents agree', () => {
  it('on the status', () => {
    const byIncident = logs();
    for (const { id, status } of incidents) {
      const told = (byIncident.get(id) ?? []).map(statusAfter);
      expect(told.findLast(Boolean) ?? 'triggered').toBe(status);
    }
  });

  it('on when it began and was resolved', () => {
    const byIncident = logs();
    for (const { id, created_at, resolved_at, status } of incidents) {
      const own = byIncident.get(id) ?? [];
      const last = own.findLast(({ type }) => type === 'resolve_log_entry')?.created_at;
      expect(own[0]?.created_at).toBe(created_at);
      expect(resolved_at).toBe(status === 'resolved' ? last : null);
    }
  });

  it('on the priority, each change beginning where the one before ended', () => {
    const changed = Map.groupBy(of('priority_change'), ({ incident }) => incident.id);
    for (const { id, priority } of incidents) {
      const channels = (changed.get(id) ?? []).map(({ channel }) => channel);
      const after = channels.map(({ new_priority }) => new_priority?.id);
      expect(after.at(-1)).toBe(priority?.id);
      const before = channels.map(({ old_priority }) => old_priority?.id);
      expect(before).toEqual([undefined, ...after].slice(0, before.length));
    }
  });
});

describe('notifications', () => {
  it('come by every means, one of them unknown', () => {
    const means = new Set(of('notify').map(({ channel }) => channel.notification?.type));
    const known = ['push', 'sms', 'phone', 'email', 'whatsapp'];
    expect(means).toEqual(new Set(known.map((name) => `${name}_notification`)));
  });

  it('name the person in the entry, in the channel only, or nowhere', () => {
    const ways = of('notify').map(({ user, channel }) =>
      [user, channel.notification?.user].map(Boolean).join(),
    );
    expect(new Set(ways)).toEqual(new Set(['true,true', 'false,true', 'false,false']));
  });

  it('of one incident to one person lie exactly 299, 300 and 301 s apart now and then', () => {
    const chains = Map.groupBy(
      of('notify'),
      ({ incident, channel }) => `${incident.id} ${channel.notification?.user?.id}`,
    );
    const gaps = new Set(
      [...chains.values()].flatMap((chain) => {
        const times = chain.map(({ created_at }) => Date.parse(created_at) / 1000);
        return times.map((time) => time - (times[0] ?? 0));
      }),
    );
    for (const gap of [299, 300, 301]) expect(gaps).toContain(gap);
  });

  it('also went to people who are gone, whom the directory no longer has', () => {
    expect(statusesOfGonePeople.length).toBeGreaterThan(2);
    expect(new Set(statusesOfGonePeople)).toEqual(new Set([404]));
  });
});

describe('there are', () => {
  it.each([
    'snooze',
    'unacknowledge',
    'reassign',
    'delegate',
    'escalate',
    'annotate',
    'urgency_change',
    'merge',
    'huddle_open',
  ])('entries of type %s', (type) => {
    expect(of(type).length).toBeGreaterThan(4);
  });

  it('ends by people, integrations, nobody and time-outs', () => {
    const ends = of('resolve').map(({ agent, channel }) => `${agent?.type} ${channel.type === 'timeout'}`);
    const wanted = [
      'user_reference false',
      'integration_reference false',
      'undefined false',
      'undefined true',
    ];
    for (const end of wanted) expect(ends).toContain(end);
  });

  it('escalations by time-out and by hand', () => {
    const channels = new Set(of('escalate').map(({ channel }) => channel.type));
    expect(channels).toEqual(new Set(['timeout', 'website']));
  });

  it('notes with labels, and incidents about the budgets themselves', () => {
    const notes = of('annotate').map(({ channel }) => channel.summary ?? '');
    for (const label of ['#threshold', '#check-faulty', '#service-issue', '#duplicate']) {
      expect(notes.some((note) => note.includes(label))).toBe(true);
    }
    expect(incidents.some(({ title }) => title.startsWith('[pagebudget]'))).toBe(true);
  });

  it('between 5 and 15 log entries to an incident', () => {
    const mean = entries.length / incidents.length;
    expect(mean).toBeGreaterThan(5);
    expect(mean).toBeLessThan(15);
  });
});
