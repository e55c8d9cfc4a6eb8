import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, type Refusal, startSmall } from '../testing.ts';

interface Thing {
  id: string;
  type: string;
  name: string;
  html_url: string;
  time_zone?: string | null;
  teams: Thing[];
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

const all = (path: string, name = path.slice(1)) => askAll<Thing>(simulator, path, name);

it('there are 9 teams, 31 services, 11 policies, 16 layer-based schedules and 44 people', async () => {
  const paths = ['/teams', '/services', '/escalation_policies', '/schedules', '/users'];
  const counts = await Promise.all(paths.map(async (path) => (await all(path)).length));
  expect(counts).toEqual([9, 31, 11, 16, 44]);
});

it('people live in more than a dozen zones, and some have none', async () => {
  const zones = new Set((await all('/users')).map(({ time_zone }) => time_zone));
  expect(zones.size).toBeGreaterThan(12);
  const odd = ['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Adelaide', 'Australia/Lord_Howe', null];
  for (const zone of odd) expect(zones).toContain(zone);
});

it('things link to the simulated account', async () => {
  const [service] = await all('/services');
  expect(service?.html_url).toBe(`https://simulated.pagerduty.com/service-directory/${service?.id}`);
});

it.each([
  ['/users', 'user', 2013],
  ['/teams', 'team', 6001],
  ['/services', 'service', 5002],
  ['/escalation_policies', 'escalation_policy', 5001],
  ['/schedules', 'schedule', 3004],
])('%s shows each member, and 404 with its own code otherwise', async (path, name, code) => {
  const [first] = await all(path);
  const { body } = await ask<Record<string, Thing>>(simulator, `${path}/${first?.id}`);
  expect(body[name]).toMatchObject({ id: first?.id, type: name, summary: first?.name });
  const missing = await ask<Refusal>(simulator, `${path}/PNOWHERE`);
  expect([missing.status, missing.body.error.code]).toEqual([404, code]);
});

it('teams have members, whole if that is asked for', async () => {
  const [team] = await all('/teams');
  const path = `/teams/${team?.id}/members`;
  const members = await askAll<{ user: Thing; role: string }>(simulator, path, 'members');
  expect(new Set(members.map(({ user }) => user.type))).toEqual(new Set(['user_reference']));
  expect(members.map(({ role }) => role)).toContain('manager');
  const [whole] = await askAll<{ user: Thing }>(simulator, `${path}?include[]=users`, 'members');
  expect(whole?.user).toMatchObject({ type: 'user', id: members[0]?.user.id });
});

it('lists can be narrowed by team and by name', async () => {
  const [team] = await all('/teams');
  const everybody = await all('/users');
  const own = everybody.filter(({ teams }) => teams.some(({ id }) => id === team?.id));
  expect(await all(`/users?team_ids[]=${team?.id}`, 'users')).toEqual(own);
  expect((await all('/services?query=CHECKOUT', 'services')).map(({ name }) => name)).toEqual([
    'checkout-api',
  ]);
});

it('priorities come most severe first', async () => {
  expect((await all('/priorities')).map(({ name }) => name)).toEqual(['P1', 'P2', 'P3', 'P4']);
});
