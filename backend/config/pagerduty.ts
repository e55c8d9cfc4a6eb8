import { readFileSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import { type Env, isAddress } from './env.ts';

/** What proves to PagerDuty who asks: an API key, a file that holds one, or a client of scoped OAuth. */
export type Credential =
  | { kind: 'key'; key: string }
  | { kind: 'key_file'; path: string }
  | {
      kind: 'oauth';
      clientId: string;
      /** The client's secret, or the file that holds it. */
      secret: { text: string } | { path: string };
      /** The account as PagerDuty's scopes name it, such as `us.subdomain`. */
      account: string;
    };

/** How PagerDuty is reached. */
export interface PagerDutyConfig {
  /** Root of the REST API without a final slash. */
  url: string;
  /** Root of the service that gives out OAuth tokens. */
  identityUrl: string;
  credential: Credential | null;
  /** Proxies by the scheme of the address asked, and the hosts that are asked without; null for none. Secret, as they may hold a password. */
  proxy: { https: string | null; http: string | null; except: string };
  /** Certificates of authorities that are trusted beside the usual ones, PEM; null for none. */
  ca: string | null;
}

/** Where the accounts of each service region are; one identity service serves both (developer-docs, private apps). */
const REGIONS = {
  us: 'https://api.pagerduty.com',
  eu: 'https://api.eu.pagerduty.com',
} as const satisfies Record<string, string>;

type Region = keyof typeof REGIONS;

const IDENTITY = 'https://identity.pagerduty.com';

/** Reads all that concerns PagerDuty, each secret's file once to see that it can be read; adds what is wrong to the faults. */
export function readPagerDuty(env: Env, faults: string[]): PagerDutyConfig {
  const region = readRegion(env.PAGERDUTY_REGION, faults);
  return {
    url: readAddress(env, 'PAGERDUTY_API_URL', REGIONS[region], faults),
    identityUrl: readAddress(env, 'PAGERDUTY_IDENTITY_URL', IDENTITY, faults),
    credential: readCredential(env, region, faults),
    proxy: {
      https: readProxy(env, 'HTTPS_PROXY', faults),
      http: readProxy(env, 'HTTP_PROXY', faults),
      except: env.NO_PROXY || env.no_proxy || '',
    },
    ca: readAuthorities(env.PAGERDUTY_CA_FILE, faults),
  };
}

function readRegion(text: string | undefined, faults: string[]): Region {
  const region = (text || 'us').toLowerCase();
  if (region in REGIONS) return region as Region;
  faults.push(`PAGERDUTY_REGION=${text} is not one of ${Object.keys(REGIONS).join(', ')}`);
  return 'us';
}

function readAddress(env: Env, name: string, standard: string, faults: string[]): string {
  const url = env[name] || standard;
  if (!isAddress(url)) {
    const bare = isAddress(`http://${url}`) && !url.includes('://');
    const advice = bare ? `: write http://${url} or https://${url}` : ` such as ${standard}`;
    faults.push(`${name}=${url} is not a URL${advice}`);
  }
  return url.replace(/\/+$/, '');
}

function readCredential(env: Env, region: Region, faults: string[]): Credential | null {
  const { PAGERDUTY_TOKEN: key, PAGERDUTY_TOKEN_FILE: path, PAGERDUTY_CLIENT_ID: clientId } = env;
  if (clientId && (key || path)) {
    faults.push('PAGERDUTY_CLIENT_ID and PAGERDUTY_TOKEN are both set: keep the one to be used');
  }
  if (clientId) return readClient(env, clientId, region, faults);
  if (key) return { kind: 'key', key: checkedSecret('PAGERDUTY_TOKEN', key, faults) };
  if (!path) return null;
  checkFile('PAGERDUTY_TOKEN_FILE', path, faults);
  return { kind: 'key_file', path };
}

function readClient(env: Env, clientId: string, region: Region, faults: string[]): Credential {
  const {
    PAGERDUTY_CLIENT_SECRET: text,
    PAGERDUTY_CLIENT_SECRET_FILE: path,
    PAGERDUTY_SUBDOMAIN: subdomain = '',
  } = env;
  if (!/^[a-z0-9-]+$/i.test(subdomain)) {
    faults.push(
      `PAGERDUTY_SUBDOMAIN=${subdomain} is not what stands before .pagerduty.com in your account's address, which PAGERDUTY_CLIENT_ID needs`,
    );
  }
  const account = `${region}.${subdomain.toLowerCase()}`;
  if (!text && path) {
    checkFile('PAGERDUTY_CLIENT_SECRET_FILE', path, faults);
    return { kind: 'oauth', clientId, secret: { path }, account };
  }
  if (!text) faults.push('PAGERDUTY_CLIENT_ID needs PAGERDUTY_CLIENT_SECRET or PAGERDUTY_CLIENT_SECRET_FILE');
  const secret = { text: text ? checkedSecret('PAGERDUTY_CLIENT_SECRET', text, faults) : '' };
  return { kind: 'oauth', clientId, secret, account };
}

/** A secret without the white space around it; what a header cannot carry is a fault that does not show it. */
function checkedSecret(name: string, text: string, faults: string[]): string {
  const secret = text.trim();
  if (!/^[\x21-\x7e]+$/.test(secret)) faults.push(`${name} holds white space or characters that no key has`);
  return secret;
}

function checkFile(name: string, path: string, faults: string[]): void {
  try {
    checkedSecret(`${name}=${path}`, readFileSync(path, 'utf8'), faults);
  } catch (error) {
    faults.push(`${name}=${path} cannot be read: ${messageOf(error)}`);
  }
}

function readProxy(env: Env, name: 'HTTPS_PROXY' | 'HTTP_PROXY', faults: string[]): string | null {
  const proxy = env[name] || env[name.toLowerCase()];
  if (!proxy) return null;
  if (!isAddress(proxy))
    faults.push(`${name} is not the address of a proxy such as http://proxy.example.com:3128`);
  return proxy;
}

function readAuthorities(path: string | undefined, faults: string[]): string | null {
  if (!path) return null;
  try {
    const pem = readFileSync(path, 'utf8');
    if (!pem.includes('BEGIN CERTIFICATE'))
      faults.push(`PAGERDUTY_CA_FILE=${path} holds no certificate in PEM form`);
    return pem;
  } catch (error) {
    faults.push(`PAGERDUTY_CA_FILE=${path} cannot be read: ${messageOf(error)}`);
    return null;
  }
}
