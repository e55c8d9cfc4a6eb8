import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '../clock.ts';
import { keyFileCredentials } from './credentials.ts';
import { oauthCredentials } from './oauth.ts';
import { clientOf, drivenClock, json, startOddServer } from './odd-server.fixture.ts';

/** A server that takes one credential at a time, and gives out tokens. */
async function startGuarded() {
  const guard = {
    accepts: 'Token token=first',
    refusing: null as number | null,
    grants: [] as URLSearchParams[],
    asked: 0,
  };
  const { url, close } = await startOddServer(({ url, request }, response) => {
    if (url.pathname !== '/oauth/token') {
      guard.asked += 1;
      const welcome = request.headers.authorization === guard.accepts;
      return json(
        response,
        welcome ? { ok: true } : { error: { code: 2006, message: 'Authentication Failed' } },
        welcome ? 200 : 401,
      );
    }
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      guard.grants.push(new URLSearchParams(body));
      if (guard.refusing)
        return json(response, { error: 'invalid_client', error_description: `not ${body}` }, guard.refusing);
      guard.accepts = `Bearer token-${guard.grants.length}`;
      json(response, {
        access_token: `token-${guard.grants.length}`,
        token_type: 'bearer',
        expires_in: 86_400,
      });
    });
  });
  return { url, close, guard };
}

let server: Awaited<ReturnType<typeof startGuarded>>;
let folder: string;
beforeEach(async () => {
  server = await startGuarded();
  folder = mkdtempSync(join(tmpdir(), 'pagebudget-key-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('a key in a file', () => {
  it('is read again when PagerDuty refuses it, so that a rotated key goes on', async () => {
    const path = join(folder, 'key');
    writeFileSync(path, 'first\n');
    const client = clientOf(server.url, { credentials: keyFileCredentials(path) });
    await client.get('/users');
    writeFileSync(path, 'second\n');
    server.guard.accepts = 'Token token=second';
    expect(await client.get('/users')).toEqual({ ok: true });
    expect(client.requests()).toMatchObject({ used: 3, refused: 1 });
  });

  it('that holds what was refused ends with what to do, after one request', async () => {
    const path = join(folder, 'key');
    writeFileSync(path, 'wrong');
    const client = clientOf(server.url, { credentials: keyFileCredentials(path) });
    await expect(client.get('/users')).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/401.*PAGERDUTY_TOKEN_FILE=.* was read anew/),
    });
    expect(server.guard.asked).toBe(1);
  });

  it('that cannot be read any more names the file', async () => {
    const path = join(folder, 'key');
    writeFileSync(path, 'wrong');
    const client = clientOf(server.url, { credentials: keyFileCredentials(path) });
    await client.get('/users').catch(() => undefined);
    rmSync(path);
    await expect(client.get('/users')).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining(`${path} cannot be read`),
    });
  });
});

describe('a client of scoped OAuth', () => {
  const begin = (secret: () => string = () => 'hush-hush', clock = drivenClock()) => {
    const options = { clientId: 'client', secret, account: 'eu.acme', identityUrl: server.url, fetch, clock };
    return clientOf(server.url, { credentials: oauthCredentials(options), clock });
  };

  it('asks for a token with its account and the scopes of all it reads, once for many requests', async () => {
    const client = begin();
    await Promise.all([client.get('/users'), client.get('/teams'), client.get('/users')]);
    expect(server.guard.grants).toHaveLength(1);
    expect(Object.fromEntries(server.guard.grants[0] ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'hush-hush',
      scope:
        'as_account-eu.acme abilities.read escalation_policies.read incidents.read oncalls.read priorities.read schedules.read services.read teams.read users.read',
    });
  });

  it('renews its token before it ends, and goes on with the old one while the service is away', async () => {
    const clock = drivenClock();
    const client = begin(undefined, clock);
    await client.get('/users');
    await clock.sleep(23 * HOUR);
    await client.get('/users');
    expect(server.guard.grants).toHaveLength(1);
    await clock.sleep(HOUR / 2 + 1);
    server.guard.refusing = 503;
    await client.get('/users');
    expect(server.guard.grants).toHaveLength(2);
    server.guard.refusing = null;
    await client.get('/users');
    expect(server.guard.accepts).toBe('Bearer token-3');
  });

  it('gets another token, once, when PagerDuty refuses one', async () => {
    const client = begin();
    await client.get('/users');
    server.guard.accepts = 'Bearer revoked';
    expect(await client.get('/users')).toEqual({ ok: true });
    expect(server.guard.grants).toHaveLength(2);
  });

  it('reads a changed secret, and tells what to check where it is refused, without showing it', async () => {
    let secret = 'hush-hush';
    const client = begin(() => secret);
    await client.get('/users');
    secret = 'new-secret';
    server.guard.accepts = 'Bearer revoked';
    server.guard.refusing = 401;
    const error = await client.get('/users').catch((thrown: unknown) => thrown);
    expect(server.guard.grants.at(-1)?.get('client_secret')).toBe('new-secret');
    expect(error).toMatchObject({ code: 'unauthorized' });
    expect(String(error)).toMatch(/identity service answered 401: invalid_client, not .*PAGERDUTY_CLIENT_ID/);
    expect(String(error)).not.toContain('new-secret');
  });
});
