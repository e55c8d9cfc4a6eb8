import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, type Page, type Refusal, startSmall } from '../testing.ts';

interface Reference {
  id: string;
  type: string;
  name?: string;
}

interface Incident extends Reference {
  incident_number: number;
  created_at: string;
  status: string;
  urgency: string;
  incident_key: string | null;
  service: Reference;
  teams: Reference[];
  assignments: { assignee: Reference }[];
  resolve_reason: { type: string; incident: Reference } | null;
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

const all = (query: string) => askAll<Incident>(simulator, `/incidents?${query}`, 'incidents');
const one = async (path: string) => (await ask<{ incident: Incident }>(simulator, path)).body.incident;

describe('the range of incidents', () => {
  it('is the last month if nothing is said', async () => {
    const times = (await all('')).map(({ created_at }) => created_at);
    expect(times.every((time) => time >= '2026-10-16T00:00:00Z')).toBe(true);
    expect(times.some((time) => time < '2026-10-17T00:00:00Z')).toBe(true);
  });

  it('is everything with date_range=all: about 3,000 incidents in 90 days', async () => {
    const path = '/incidents?date_range=all&total=true';
    const { total } = (await ask<Page<'incidents', Incident>>(simulator, path)).body;
    expect(total).toBeGreaterThan(2600);
    expect(total).toBeLessThan(3500);
  });

  it('may span six months and not a second more', async () => {
    const asking = (since: string) =>
      ask<Refusal>(simulator, `/incidents?since=${since}&until=2026-11-16T00:00:00Z`);
    expect((await asking('2026-05-16T00:00:00Z')).status).toBe(200);
    const refused = await asking('2026-05-15T23:59:59Z');
    expect([refused.status, refused.body.error.code]).toEqual([400, 2005]);
  });

  it('reads times without an offset in the account’s zone', async () => {
    const [local, utc] = [await all('since=2026-11-15T00:00:00'), await all('since=2026-11-15T05:00:00Z')];
    expect(local.length).toBeGreaterThan(0);
    expect(local).toEqual(utc);
  });

  it('holds its first instant and not its last, unless the settings say otherwise', async () => {
    const [incident] = await all('since=2026-11-10T00:00:00Z');
    const at = incident?.created_at ?? '';
    const next = new Date(Date.parse(at) + 1000).toISOString();
    const found = async (since: string, until: string) => (await all(`since=${since}&until=${until}`)).length;
    expect(await found(at, next)).toBeGreaterThan(0);
    expect(await found('2026-11-10T00:00:00Z', at)).toBe(0);
    simulator.control({ bounds: '[]' });
    expect(await found('2026-11-10T00:00:00Z', at)).toBeGreaterThan(0);
    simulator.control({ bounds: '[)' });
  });
});

describe('filters', () => {
  it('join values by or and names by and', async () => {
    const everything = await all('');
    const [first, second] = [...new Set(everything.map(({ service }) => service.id))];
    const wanted = ({ service, urgency, status }: Incident) =>
      [first, second].includes(service.id) && urgency === 'high' && status === 'resolved';
    const found = await all(
      `service_ids[]=${first}&service_ids[]=${second}&urgencies[]=high&statuses[]=resolved`,
    );
    expect(found).toEqual(everything.filter(wanted));
    expect(found.length).toBeGreaterThan(0);
  });

  it('find whoever an open incident is assigned to', async () => {
    const open = await all('statuses[]=triggered&statuses[]=acknowledged&date_range=all');
    const holds = (id: string | undefined) => (incident: Incident) =>
      incident.assignments.some(({ assignee }) => assignee.id === id);
    const person = open.flatMap(({ assignments }) => assignments)[0]?.assignee.id;
    expect(await all(`user_ids[]=${person}&date_range=all`)).toEqual(open.filter(holds(person)));
  });

  it('find teams and keys', async () => {
    const everything = await all('');
    const team = everything[0]?.teams[0]?.id;
    const ofTeam = everything.filter(({ teams }) => teams.some(({ id }) => id === team));
    expect(await all(`team_ids[]=${team}`)).toEqual(ofTeam);
    const key = everything.find(({ incident_key }) => incident_key)?.incident_key ?? '';
    const ofKey = everything.filter(({ incident_key }) => incident_key === key);
    expect(await all(`incident_key=${encodeURIComponent(key)}`)).toEqual(ofKey);
  });
});

it('the order follows sort_by, of at most two fields', async () => {
  const path = '/incidents?sort_by=urgency:desc,incident_number:desc&limit=100';
  const { incidents } = (await ask<Page<'incidents', Incident>>(simulator, path)).body;
  const numbers = incidents.map(({ incident_number }) => incident_number);
  expect(incidents[0]?.urgency).toBe('high');
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  for (const wrong of ['title', 'urgency:up', 'urgency,created_at,resolved_at']) {
    expect((await ask(simulator, `/incidents?sort_by=${wrong}`)).status).toBe(400);
  }
});

describe('one incident', () => {
  it('is found by id and by number, and 404 otherwise', async () => {
    const byNumber = await one('/incidents/1000');
    expect(await one(`/incidents/${byNumber.id}`)).toEqual(byNumber);
    const missing = await ask<Refusal>(simulator, '/incidents/Q404');
    expect([missing.status, missing.body.error.code]).toEqual([404, 5001]);
  });

  it('holds whole things under include[], and references without', async () => {
    const bare = await one('/incidents/1000');
    const names = ['services', 'teams', 'first_trigger_log_entries'].map((name) => `include[]=${name}`);
    const whole = await one(`/incidents/1000?${names.join('&')}`);
    expect([bare.service.type, bare.teams[0]?.type]).toEqual(['service_reference', 'team_reference']);
    expect([whole.service.type, whole.teams[0]?.type]).toEqual(['service', 'team']);
    expect(whole.service.name).toBeTruthy();
    expect(bare).toMatchObject({ first_trigger_log_entry: { type: 'trigger_log_entry_reference' } });
    expect(whole).toMatchObject({ first_trigger_log_entry: { type: 'trigger_log_entry' } });
  });

  it('says where it went if it was merged, and its alerts went along', async () => {
    const merged = (await all('date_range=all')).find(({ resolve_reason }) => resolve_reason !== null);
    expect(merged).toMatchObject({
      status: 'resolved',
      resolve_reason: { type: 'merge_resolve_reason', incident: { type: 'incident_reference' } },
      alert_counts: { all: 0 },
    });
  });

  it('shows times in the zone asked for', async () => {
    const utc = (await one('/incidents/1000')).created_at;
    const nepal = (await one('/incidents/1000?time_zone=Asia/Kathmandu')).created_at;
    expect(utc).toMatch(/Z$/);
    expect(nepal).toMatch(/\+05:45$/);
    expect(Date.parse(nepal)).toBe(Date.parse(utc));
  });
});
