import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, type Page, type Refusal, startSmall } from '../testing.ts';

let simulator: Simulator;
let clock = 0;
beforeEach(async () => {
  clock = 0;
  simulator = await startSmall({ size: 'empty', now: () => clock });
});
afterEach(() => simulator.stop());

const control = (settings: object) =>
  fetch(`${simulator.url}/_control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });

it('a minute has 960 requests, the next is told to wait, and a minute later all is well', async () => {
  const first = await ask(simulator, '/abilities');
  expect(first.headers.get('ratelimit-limit')).toBe('960');
  expect(first.headers.get('ratelimit-remaining')).toBe('959');
  simulator.control({ rateLimit: 3 });
  for (let count = 0; count < 2; count += 1) expect((await ask(simulator, '/abilities')).status).toBe(200);
  clock = 45_000;
  const refused = await ask<Refusal>(simulator, '/abilities');
  expect(refused.status).toBe(429);
  expect(refused.body).toEqual({ error: { message: 'Rate Limit Exceeded', code: 2020 } });
  expect(refused.headers.get('ratelimit-remaining')).toBe('0');
  expect(refused.headers.get('ratelimit-reset')).toBe('15');
  clock = 60_000;
  expect((await ask(simulator, '/abilities')).status).toBe(200);
});

it('a 429 can come without headers and body', async () => {
  simulator.control({ rateLimit: 1, silentRateLimit: true });
  await ask(simulator, '/abilities');
  const { status, headers, text } = await ask(simulator, '/abilities');
  expect([status, headers.get('ratelimit-reset'), text]).toEqual([429, null, '']);
});

it('the key can change while somebody uses it', async () => {
  await control({ token: 'another' });
  expect((await ask(simulator, '/abilities')).status).toBe(401);
  expect((await ask(simulator, '/abilities', 'Token token=another')).status).toBe(200);
});

it('a setting that does not exist, or is wrong, is refused by name and changes nothing', async () => {
  for (const wrong of [
    { ordre: 'ascending' },
    { faults: [{ fault: 'server_error', status: 418 }] },
    { rateLimit: 0, token: 'x' },
  ]) {
    const response = await control(wrong);
    const { error } = (await response.json()) as Refusal;
    expect(response.status).toBe(400);
    expect(error.errors?.join()).toMatch(/ordre|faults\.0\.status|rateLimit/);
  }
  const page = await ask<Page<'users', object>>(simulator, '/users');
  expect(page.status).toBe(200);
});

describe('GET /_control', () => {
  const report = async () =>
    (await (await fetch(`${simulator.url}/_control`)).json()) as ReturnType<Simulator['control']>;

  it('tells the settings, and how often each endpoint was asked and what it answered', async () => {
    simulator.control({ rateLimit: 5, faults: [{ fault: 'unauthorized', count: 1 }] });
    for (const path of ['/users', '/users?limit=1', '/users/P404', '/analytics', '/teams', '/teams']) {
      await ask(simulator, path);
    }
    const { settings, requests, faults } = await report();
    expect(settings).toMatchObject({
      rateLimit: 5,
      faults: [{ fault: 'unauthorized', after: 0, share: 1, count: 1 }],
    });
    expect(faults).toEqual([{ fault: 'unauthorized', seen: 6, struck: 1 }]);
    expect(requests).toEqual({
      '/users': { asked: 2, answers: { 200: 1, 401: 1 } },
      '/users/:id': { asked: 1, answers: { 404: 1 } },
      elsewhere: { asked: 1, answers: { 404: 1 } },
      '/teams': { asked: 2, answers: { 200: 1, 429: 1 } },
    });
  });

  it('tells nothing of before the last reset, which puts everything back', async () => {
    await control({ token: 'another', order: 'ascending', faults: [{ fault: 'slow' }] });
    await ask(simulator, '/users');
    await control({ reset: true, bounds: '[]' });
    expect(await report()).toMatchObject({
      settings: { token: 'simulated', order: 'descending', bounds: '[]', faults: [] },
      faults: [],
      requests: {},
      now: '2026-11-16T00:00:00.000Z',
    });
    expect((await ask(simulator, '/users')).status).toBe(200);
  });
});
