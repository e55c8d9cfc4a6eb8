import { z } from 'zod';
import { type Clock, MINUTE, SECOND, steady } from '../clock.ts';
import type { Credentials } from './credentials.ts';
import { DIRECTORY, TIMED } from './endpoints/index.ts';
import { PagerDutyError, reasonOf } from './failure.ts';

/** A client of scoped OAuth and where it gets its tokens. */
export interface OAuthOptions {
  clientId: string;
  /** Gives the client's secret, which may have changed since. Throws AppError `unauthorized`. */
  secret: () => string;
  /** The account as PagerDuty's scopes name it: `us.subdomain` or `eu.subdomain`. */
  account: string;
  /** Root of the identity service without a final slash. */
  identityUrl: string;
  fetch: typeof fetch;
  clock: Clock;
}

const PATH = '/oauth/token';
const TIMEOUT = 30 * SECOND;

/** A token is renewed this long before its end, or at the last tenth of its life where that is shorter. */
const BEFORE_END = 30 * MINUTE;

const ADVICE =
  'Check PAGERDUTY_CLIENT_ID, PAGERDUTY_CLIENT_SECRET (or _FILE), PAGERDUTY_SUBDOMAIN and PAGERDUTY_REGION, and the scopes that the app was given, and restart.';

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

interface Token {
  text: string;
  renewAt: number;
  endsAt: number;
}

/** The scopes that reading everything takes. */
export const SCOPES: readonly string[] = [
  ...new Set([
    'abilities.read',
    ...Object.values(TIMED).map(({ scope }) => scope),
    ...Object.values(DIRECTORY).map(({ endpoint }) => endpoint.scope),
  ]),
].sort();

/** Tokens by client credentials, asked for when needed, renewed before they end and once when refused. */
export function oauthCredentials(options: OAuthOptions): Credentials {
  const now = steady(options.clock);
  const seen = new Set<string>();
  let token: Token | null = null;
  let asking: Promise<Token> | null = null;

  const renewed = (signal?: AbortSignal): Promise<Token> => {
    asking ??= askToken(options, now, seen, signal)
      .then((next) => {
        token = next;
        return next;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };

  const valid = async (signal?: AbortSignal): Promise<Token> => {
    if (token && now() < token.renewAt) return token;
    const old = token;
    return renewed(signal).catch((error) => {
      if (old && now() < old.endsAt && !signal?.aborted) return old;
      throw error;
    });
  };

  return {
    authorization: async (signal) => bearer(await valid(signal)),
    async renew(refused, signal) {
      if (token && bearer(token) !== refused) return true;
      return bearer(await renewed(signal)) !== refused;
    },
    advice: ADVICE,
    secrets: () => seen,
  };
}

function bearer(token: Token): string {
  return `Bearer ${token.text}`;
}

async function askToken(
  options: OAuthOptions,
  now: () => number,
  seen: Set<string>,
  signal?: AbortSignal,
): Promise<Token> {
  const secret = options.secret();
  seen.add(secret);
  const timeout = AbortSignal.timeout(TIMEOUT);
  const askedAt = now();
  let response: Response;
  let body: unknown;
  try {
    response = await options.fetch(`${options.identityUrl}${PATH}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: options.clientId,
        client_secret: secret,
        scope: [`as_account-${options.account}`, ...SCOPES].join(' '),
      }).toString(),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      redirect: 'error',
    });
    body = await response.json().catch(() => null);
  } catch (error) {
    signal?.throwIfAborted();
    const reason = reasonOf(error).replaceAll(secret, '…');
    throw new PagerDutyError('passing', 0, `PagerDuty's identity service gave no answer: ${reason}.`);
  }
  if (!response.ok) throw refusal(response.status, body, secret);
  const answer = tokenAnswer.safeParse(body);
  if (!answer.success) {
    throw new PagerDutyError(
      'passing',
      response.status,
      "PagerDuty's identity service answered without a token.",
    );
  }
  const { access_token: text, expires_in } = answer.data;
  seen.add(text);
  const life = expires_in * SECOND;
  return { text, endsAt: askedAt + life, renewAt: askedAt + life - Math.min(BEFORE_END, life / 10) };
}

function refusal(status: number, body: unknown, secret: string): PagerDutyError {
  const said = z.object({ error: z.string(), error_description: z.string().optional() }).safeParse(body);
  const words = said.success
    ? `: ${[said.data.error, said.data.error_description].filter(Boolean).join(', ')}`.replaceAll(secret, '…')
    : '';
  const kind = status === 429 ? 'limited' : status >= 500 || status === 408 ? 'passing' : 'credential';
  const advice = kind === 'credential' ? ` ${ADVICE}` : '';
  return new PagerDutyError(
    kind,
    status,
    `PagerDuty's identity service answered ${status}${words}.${advice}`,
  );
}
