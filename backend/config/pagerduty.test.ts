import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import type { Env } from './env.ts';

const folder = mkdtempSync(join(tmpdir(), 'pagebudget-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

function file(content: string): string {
  const path = join(folder, `secret-${files++}`);
  writeFileSync(path, content);
  return path;
}

const pagerduty = (env: Env) => readConfig(env).pagerduty;

describe('the address', () => {
  it('follows the region, and is overridden for tests', () => {
    expect(pagerduty({ PAGERDUTY_REGION: 'eu' }).url).toBe('https://api.eu.pagerduty.com');
    expect(pagerduty({ PAGERDUTY_REGION: 'EU' }).identityUrl).toBe('https://identity.pagerduty.com');
    const env = {
      PAGERDUTY_API_URL: 'http://simulator:4010/',
      PAGERDUTY_IDENTITY_URL: 'http://localhost:4011',
    };
    expect(pagerduty({ ...env, PAGERDUTY_REGION: 'eu' })).toMatchObject({
      url: 'http://simulator:4010',
      identityUrl: 'http://localhost:4011',
    });
  });

  it.each([
    [
      { PAGERDUTY_API_URL: 'localhost:4010' },
      /PAGERDUTY_API_URL=localhost:4010 is not a URL: write http:\/\/localhost:4010/,
    ],
    [
      { PAGERDUTY_API_URL: 'ftp://localhost' },
      /PAGERDUTY_API_URL=ftp:\/\/localhost is not a URL such as https/,
    ],
    [{ PAGERDUTY_REGION: 'asia' }, /PAGERDUTY_REGION=asia is not one of us, eu/],
    [{ HTTPS_PROXY: 'user:hidden@proxy' }, /HTTPS_PROXY is not the address of a proxy such as http/],
    [{ PAGERDUTY_CA_FILE: '/nowhere' }, /PAGERDUTY_CA_FILE=\/nowhere cannot be read: ENOENT/],
    [{ PAGERDUTY_CA_FILE: file('no certificate') }, /PAGERDUTY_CA_FILE=\S+ holds no certificate in PEM form/],
  ])('of a form that cannot be is refused: %j', (env, message) => {
    expect(() => readConfig(env)).toThrow(message);
    expect(() => readConfig(env)).not.toThrow(/hidden/);
  });
});

describe('the credential', () => {
  it('may be a client of scoped OAuth, its secret given or in a file', () => {
    const env = { PAGERDUTY_CLIENT_ID: 'client', PAGERDUTY_SUBDOMAIN: 'Acme', PAGERDUTY_REGION: 'eu' };
    expect(pagerduty({ ...env, PAGERDUTY_CLIENT_SECRET: ' hush \n' }).credential).toEqual({
      ...{ kind: 'oauth', clientId: 'client', secret: { text: 'hush' }, account: 'eu.acme' },
    });
    const path = file('hush');
    expect(pagerduty({ ...env, PAGERDUTY_CLIENT_SECRET_FILE: path }).credential).toMatchObject({
      secret: { path },
    });
  });

  it.each([
    [{ PAGERDUTY_TOKEN: 'a key' }, /PAGERDUTY_TOKEN holds white space/],
    [{ PAGERDUTY_TOKEN_FILE: file('a hidden key') }, /PAGERDUTY_TOKEN_FILE=\S+ holds white space/],
    [{ PAGERDUTY_TOKEN_FILE: folder }, /PAGERDUTY_TOKEN_FILE=\S+ cannot be read: EISDIR/],
    [{ PAGERDUTY_CLIENT_ID: 'x', PAGERDUTY_TOKEN: 'k' }, /are both set: keep the one/],
    [{ PAGERDUTY_CLIENT_ID: 'x' }, /PAGERDUTY_SUBDOMAIN= is not what stands before .pagerduty.com/],
    [{ PAGERDUTY_CLIENT_ID: 'x', PAGERDUTY_SUBDOMAIN: 'acme' }, /needs PAGERDUTY_CLIENT_SECRET or/],
    [
      { PAGERDUTY_CLIENT_ID: 'x', PAGERDUTY_SUBDOMAIN: 'acme.pagerduty.com' },
      /PAGERDUTY_SUBDOMAIN=acme.pagerduty.com is not/,
    ],
  ])('that cannot be used is a fault among the others: %j', (env, message) => {
    expect(() => readConfig({ ...env, PORT: 'x' })).toThrow(message);
    expect(() => readConfig({ ...env, PORT: 'x' })).toThrow(/PORT=x/);
    expect(() => readConfig({ ...env, PORT: 'x' })).not.toThrow(/hidden/);
  });
});
