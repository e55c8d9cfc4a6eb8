import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { documentedClient } from './documented/client.ts';
import { alert, incident, isDocumented, logEntry, note, notification } from './documented/incidents.ts';
import { onCall, override, schedule, shiftSchedule, wholeSchedule } from './documented/on-call.ts';
import {
  escalationPolicy,
  maintenanceWindow,
  member,
  priority,
  reference,
  service,
  team,
  user,
} from './documented/things.ts';
import type { Simulator } from './server.ts';
import { startSmall, TOKEN } from './testing.ts';

const NOW = '2026-11-16T00:00:00Z';
const CAP = 10_000;

/** Half years back from now, as a client reads incidents; the account is younger than the first of them. */
const HALF_YEARS = [
  ['2025-11-16T00:00:00Z', '2026-05-16T00:00:00Z'],
  ['2026-05-16T00:00:00Z', NOW],
] as const;

let simulator: Simulator;
let client: ReturnType<typeof documentedClient>;
const read = {
  incidents: [] as z.infer<typeof incident>[],
  entries: [] as z.infer<typeof logEntry>[],
};

/** Reads log entries as the documentation advises: a range of more than 10,000 rows is halved. */
async function entriesOf(since: number, until: number): Promise<z.infer<typeof logEntry>[]> {
  const range = `since=${new Date(since).toISOString()}&until=${new Date(until).toISOString()}`;
  if ((await client.total(`/log_entries?${range}`)) > CAP) {
    const middle = Math.floor((since + until) / 2);
    return [...(await entriesOf(since, middle)), ...(await entriesOf(middle, until))];
  }
  const include = 'include[]=channels&include[]=incidents&include[]=services&include[]=teams';
  return await client.list(`/log_entries?${range}&time_zone=UTC&${include}`, 'log_entries', logEntry);
}

beforeAll(async () => {
  simulator = await startSmall({ changes: { rateLimit: 1_000_000 } });
  client = documentedClient(simulator, TOKEN);
  for (const [since, until] of HALF_YEARS) {
    const path = `/incidents?since=${since}&until=${until}&time_zone=UTC`;
    read.incidents.push(...(await client.list(path, 'incidents', incident)));
  }
  read.entries = await entriesOf(Date.parse('2026-05-16T00:00:00Z'), Date.parse(NOW) + 1000);
});
afterAll(() => simulator.stop());

const included = (...names: string[]) => names.map((name) => `include[]=${name}`).join('&');

describe('a client written for the documented API', () => {
  it('reads the directory, plain and with everything included, and each thing singly', async () => {
    const lists = [
      ['/users', 'users', 'user', user, included('contact_methods', 'notification_rules', 'teams')],
      ['/teams', 'teams', 'team', team, ''],
      ['/services', 'services', 'service', service, included('escalation_policies', 'teams', 'integrations')],
      ['/escalation_policies', 'escalation_policies', 'escalation_policy', escalationPolicy, included('services', 'teams', 'targets')],
      ['/maintenance_windows', 'maintenance_windows', 'maintenance_window', maintenanceWindow, included('users', 'services', 'teams')],
    ] as const; // biome-ignore format: a table
    for (const [path, list, name, shape, include] of lists) {
      const plain: { id: string }[] = await client.list<{ id: string }>(path, list, shape);
      expect(plain.length).toBeGreaterThan(7);
      const whole = await client.list<{ id: string }>(`${path}?${include}`, list, shape);
      expect(whole.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
      for (const thing of plain) {
        expect(await client.one<{ id: string }>(`${path}/${thing.id}`, name, shape)).toEqual(thing);
      }
    }
    expect(await client.list('/priorities', 'priorities', priority)).toHaveLength(4);
    for (const { id } of await client.list('/teams', 'teams', team)) {
      await client.list(`/teams/${id}/members?${included('users')}`, 'members', member);
    }
  });

  it('reads who is on call, and schedules of both kinds', async () => {
    const range = 'since=2026-08-18T00:00:00Z&until=2026-11-30T00:00:00Z&time_zone=UTC';
    const include = included('escalation_policies', 'users', 'schedules');
    const plain = await client.list(`/oncalls?${range}`, 'oncalls', onCall);
    expect(await client.list(`/oncalls?${range}&${include}`, 'oncalls', onCall)).toHaveLength(plain.length);
    const layered = await client.list('/schedules', 'schedules', schedule);
    for (const { id } of layered) {
      const one = await client.one(`/schedules/${id}?${range}`, 'schedule', wholeSchedule);
      expect(one.final_schedule.rendered_schedule_entries.length).toBeGreaterThan(0);
      await client.whole(`/schedules/${id}/overrides?${range}`, 'overrides', override);
    }
    const shiftBased = await client.list('/v3/schedules', 'schedules', reference('schedule_v3'));
    for (const { id } of shiftBased) {
      await client.one(
        `/v3/schedules/${id}?${range}&${included('final_schedule')}`,
        'schedule',
        shiftSchedule,
      );
    }
    const named = plain.flatMap((duty) => (duty.schedule ? [duty.schedule.id] : []));
    const known = [...layered, ...shiftBased].map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining([...new Set(named)]));
  });

  it('reads every incident in windows of half a year', async () => {
    expect(read.incidents).toHaveLength(await client.total('/incidents?date_range=all'));
    const numbers = read.incidents.map(({ incident_number }) => incident_number);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  });

  it('finds everything whole that it asks to include in incidents', async () => {
    const names = ['acknowledgers', 'agents', 'assignees', 'conference_bridge', 'escalation_policies', 'first_trigger_log_entries', 'priorities', 'services', 'teams', 'users']; // biome-ignore format: one name after another
    const path = `/incidents?since=2026-11-08T00:00:00Z&${included(...names)}`;
    const whole = await client.list(path, 'incidents', incident);
    expect(whole.length).toBeGreaterThan(150);
    for (const each of whole) {
      const slots = [
        each.service,
        each.escalation_policy,
        each.first_trigger_log_entry,
        each.priority,
        ...each.teams,
      ];
      const people = [
        ...each.assignments.map(({ assignee }) => assignee),
        ...each.acknowledgements.map(({ acknowledger }) => acknowledger),
      ];
      for (const thing of [...slots, ...people]) {
        if (thing !== null && thing.type !== 'integration_reference')
          expect(thing.type).not.toMatch(/_reference$/);
      }
    }
  });

  it('reads every log entry, most of documented types, and knows every incident that they name', async () => {
    expect(read.entries).toHaveLength(await client.total('/log_entries?since=2026-01-01T00:00:00Z'));
    const ids = new Set(read.incidents.map(({ id }) => id));
    for (const entry of read.entries) expect(ids.has(entry.incident.id)).toBe(true);
    const documented = read.entries.filter(({ type }) => isDocumented(type));
    expect(documented.length / read.entries.length).toBeGreaterThan(0.9);
    const byId = new Map(read.incidents.map((each) => [each.id, each]));
    for (const { incident: shown } of read.entries.slice(0, 500)) {
      expect(shown).toMatchObject({ type: 'incident', status: byId.get(shown.id)?.status });
    }
  });

  it('reads entries, notes and alerts of single incidents', async () => {
    const entries = Map.groupBy(read.entries, (entry) => entry.incident.id);
    for (const each of read.incidents.filter((_, index) => index % 20 === 0)) {
      const path = `/incidents/${each.id}`;
      const own = await client.list(`${path}/log_entries?time_zone=UTC`, 'log_entries', logEntry);
      expect(own.map(({ id }) => id)).toEqual(entries.get(each.id)?.map(({ id }) => id) ?? []);
      const notes = await client.whole(`${path}/notes`, 'notes', note);
      expect(notes).toHaveLength(own.filter(({ type }) => type === 'annotate_log_entry').length);
      expect(await client.list(`${path}/alerts`, 'alerts', alert)).toHaveLength(each.alert_counts.all);
      expect(await client.one(`/incidents/${each.incident_number}`, 'incident', incident)).toEqual(each);
      const [first] = own;
      if (first)
        expect(await client.one(`/log_entries/${first.id}?time_zone=UTC`, 'log_entry', logEntry)).toEqual(
          first,
        );
    }
  });

  it('reads notifications, in ranges of less than three months', async () => {
    const range = 'since=2026-11-01T00:00:00Z&until=2026-11-16T00:00:00Z';
    const found = await client.list(`/notifications?${range}`, 'notifications', notification);
    expect(found.length).toBeGreaterThan(500);
  });
});
