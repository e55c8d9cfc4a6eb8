import type { Clock } from '../clock.ts';
import type { Credential, PagerDutyConfig } from '../config/pagerduty.ts';
import {
  type Credentials,
  keyCredentials,
  keyFileCredentials,
  noCredentials,
  readSecret,
} from './credentials.ts';
import { oauthCredentials } from './oauth.ts';

interface World {
  identityUrl: string;
  fetch: typeof fetch;
  clock: Clock;
}

const KINDS = {
  key: ({ key }) => keyCredentials(key),
  key_file: ({ path }) => keyFileCredentials(path),
  oauth: ({ clientId, secret, account }, world) =>
    oauthCredentials({
      ...{ ...world, clientId, account },
      secret: () => ('text' in secret ? secret.text : readSecret(secret.path)),
    }),
} as const satisfies {
  [K in Credential['kind']]: (credential: Extract<Credential, { kind: K }>, world: World) => Credentials;
};

/** The credentials that the configuration names. */
export function credentialsOf(
  { credential, identityUrl }: PagerDutyConfig,
  world: Omit<World, 'identityUrl'>,
): Credentials {
  if (!credential) return noCredentials;
  const make = KINDS[credential.kind] as (credential: Credential, world: World) => Credentials;
  return make(credential, { ...world, identityUrl });
}
