import { afterEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, askEntries, startSmall } from '../testing.ts';

const HOUR = 3_600_000;

interface Thing {
  id: string;
  type: string;
  name: string;
  self: string | null;
  time_zone?: string | null;
}

interface Incident {
  id: string;
  title: string;
  summary: string;
  status: string;
  service: Thing;
  resolved_at: string | null;
}

interface Entry {
  id: string;
  type: string;
  created_at: string;
  service: Thing;
  incident: Incident;
  user?: Thing;
  channel: { changeset?: { application_fields: { id: string; value: string }[] } };
}

let simulator: Simulator;
let clock = 0;
afterEach(() => simulator.stop());

async function start(live: boolean): Promise<void> {
  clock = 0;
  simulator = await startSmall({ live, liveRate: 0.1, now: () => clock });
  simulator.control({ rateLimit: 1_000_000, order: 'ascending' });
}

const all = (path: string, name = path.slice(1)) => askAll<Thing>(simulator, path, name);
const named = async (path: string, name: string) => (await all(path)).find((one) => one.name === name);

describe('a live account', () => {
  it('loses a team with its people, its service, its schedules and its policy, which stay references', async () => {
    await start(true);
    const [team, service] = [await named('/teams', 'Pilot'), await named('/services', 'voice-assistant')];
    const people = await all(`/users?team_ids[]=${team?.id}`, 'users');
    expect(people.length).toBeGreaterThan(2);
    clock = 4 * HOUR;
    for (const [path, thing] of [
      ['teams', team],
      ['services', service],
      ['users', people[0]],
    ] as const) {
      expect((await ask(simulator, `/${path}/${thing?.id}`)).status).toBe(404);
      expect((await all(`/${path}`, path)).map(({ id }) => id)).not.toContain(thing?.id);
    }
    expect(await named('/escalation_policies', 'Pilot on-call')).toBeUndefined();
    expect(await named('/schedules', 'Pilot primary')).toBeUndefined();
    const entries = await askEntries<Entry>(simulator, '2026-10-17T00:00:00Z', 30);
    const own = entries.filter((entry) => entry.service.id === service?.id);
    expect(own.length).toBeGreaterThan(10);
    expect(new Set(own.map((entry) => entry.service.type))).toEqual(new Set(['service_reference']));
    expect(new Set(own.map((entry) => entry.service.self))).toEqual(new Set([null]));
    const late = entries.filter(
      ({ created_at }) => Date.parse(created_at) > Date.parse('2026-11-16T03:00:00Z'),
    );
    expect(late.some((entry) => people.some(({ id }) => id === entry.user?.id))).toBe(false);
  });

  it('renames services and gives people other zones, while titles keep what monitoring says', async () => {
    await start(true);
    const [services, people] = [await all('/services'), await all('/users')];
    clock = 12 * HOUR;
    const renamed = (await all('/services')).filter(
      ({ id, name }) => !services.some((one) => one.id === id && one.name === name),
    );
    expect(renamed.length).toBeGreaterThan(0);
    for (const { id } of renamed) expect(services.map((one) => one.id)).toContain(id);
    const relocated = (await all('/users')).filter(({ id, time_zone }) => {
      const before = people.find((one) => one.id === id);
      return before && before.time_zone !== time_zone;
    });
    expect(relocated.length).toBeGreaterThan(0);
  });

  it('opens resolved incidents again, soon after and days later', async () => {
    await start(true);
    const resolved = await askAll<Incident>(simulator, '/incidents?statuses[]=resolved', 'incidents');
    clock = 14 * 24 * HOUR;
    const reopened: number[] = [];
    for (const entry of await askEntries<Entry>(simulator, '2026-11-16T00:00:00Z', 14)) {
      if (entry.type !== 'reopen_log_entry') continue;
      const before = resolved.find(({ id }) => id === entry.incident.id);
      if (before) reopened.push(Date.parse(entry.created_at) - Date.parse(before.resolved_at ?? ''));
    }
    expect(Math.max(...reopened)).toBeGreaterThan(24 * HOUR);
  });
});

describe('an account that stands still', () => {
  it('has incidents whose title or service was changed, also without a log entry', async () => {
    await start(false);
    const incidents = await askAll<Incident>(simulator, '/incidents?date_range=all', 'incidents');
    const entries = await askEntries<Entry>(simulator, '2026-08-18T00:00:00Z', 90);
    const logs = Map.groupBy(entries, ({ incident }) => incident.id);
    const moved = incidents.filter(({ id, service }) => logs.get(id)?.[0]?.service.id !== service.id);
    const told = (id: string, field: string) =>
      logs
        .get(id)
        ?.some(({ channel }) => channel.changeset?.application_fields.some((one) => one.id === field));
    expect(moved.length).toBeGreaterThan(10);
    expect(new Set(moved.map(({ id }) => told(id, 'service')))).toEqual(new Set([true, false]));
    const retitled = incidents.filter(
      ({ id, title }) => told(id, 'title') || / - (known|customers affected|being looked at)$/.test(title),
    );
    expect(retitled.length).toBeGreaterThan(10);
    for (const { summary, title } of retitled) expect(summary.endsWith(`] ${title}`)).toBe(true);
  });

  it('keeps pointing to what is deleted', async () => {
    await start(false);
    expect(await named('/services', 'price-oracle')).toBeUndefined();
    const [incident] = (
      await askAll<Incident>(simulator, '/incidents?date_range=all&include[]=services', 'incidents')
    ).filter(({ service }) => service.type === 'service_reference');
    expect(incident?.service.self).toBeNull();
    expect((await ask(simulator, `/services/${incident?.service.id}`)).status).toBe(404);
  });
});
