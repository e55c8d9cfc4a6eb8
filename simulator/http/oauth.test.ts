import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, type Refusal, startSmall } from '../testing.ts';

let simulator: Simulator;
let clock = 0;
beforeEach(async () => {
  clock = 0;
  simulator = await startSmall({ size: 'empty', now: () => clock });
});
afterEach(() => simulator.stop());

const USUAL = {
  grant_type: 'client_credentials',
  client_id: 'an-app',
  client_secret: 'simulated',
  scope: 'as_account-us.simulated users.read',
};

async function askToken(changes: Partial<typeof USUAL> = {}) {
  const body = new URLSearchParams({ ...USUAL, ...changes });
  const response = await fetch(`${simulator.url}/oauth/token`, { method: 'POST', body });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

it('a token lasts for a day, or as long as the settings say, and then is refused', async () => {
  const { body } = await askToken();
  expect(body).toMatchObject({ token_type: 'bearer', expires_in: 86_400, scope: USUAL.scope });
  const users = async () => (await ask(simulator, '/users', `Bearer ${body.access_token}`)).status;
  clock = 86_399_000;
  expect(await users()).toBe(200);
  clock = 86_400_000;
  expect(await users()).toBe(401);
  simulator.control({ tokenSeconds: 60 });
  const next = await askToken();
  expect(next.body.expires_in).toBe(60);
  expect(next.body.access_token).not.toBe(body.access_token);
});

it('a token reads what its scopes cover, and no more', async () => {
  const { body } = await askToken();
  const refused = await ask<Refusal>(simulator, '/incidents', `Bearer ${body.access_token}`);
  expect([refused.status, refused.body.error.code]).toEqual([403, 2010]);
});

it.each([
  [{ client_secret: 'wrong' }, 401, 'invalid_client'],
  [{ scope: 'users.read' }, 400, 'invalid_scope'],
  [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
])('%j gets no token', async (changes, status, error) => {
  expect(await askToken(changes)).toMatchObject({ status, body: { error } });
});

it('faults strike where tokens are given out only if they are told to', async () => {
  simulator.control({ faults: [{ fault: 'server_error' }] });
  expect((await askToken()).status).toBe(200);
  simulator.control({ faults: [{ fault: 'server_error', paths: ['/oauth/token'] }] });
  expect((await askToken()).status).toBe(500);
  expect(simulator.control().requests['/oauth/token']).toEqual({ asked: 2, answers: { 200: 1, 500: 1 } });
});
