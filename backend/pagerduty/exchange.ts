import { type Clock, SECOND } from '../clock.ts';
import { kindOf, PagerDutyError, wordsOf } from './failure.ts';
import type { Limiter } from './limiter.ts';

/** Query parameters in order; a name may be repeated. */
export type Parameters = readonly (readonly [name: string, value: string])[];

/** What one request needs of the world. */
export interface ExchangeOptions {
  /** Root of the API without a final slash. */
  url: string;
  token: string;
  fetch: typeof fetch;
  clock: Clock;
  limiter: Limiter;
}

/** A body and PagerDuty's clock when it was sent, epoch milliseconds. */
export interface Answer {
  body: unknown;
  serverTime: number;
}

/** Single requests, paced, each tried once. */
export interface Exchange {
  /** Throws PagerDutyError, or the signal's reason. */
  ask(path: string, parameters: Parameters, signal?: AbortSignal): Promise<Answer>;
  /** The instant now by PagerDuty's own clock; the machine's before the first answer. */
  serverNow(): number;
  /** What names the simulated account that answers (header x-simulated); null for a real one. */
  simulation(): string | null;
  /** Requests sent. */
  used(): number;
}

/** What to do about a key that is missing or refused. */
export const KEY_ADVICE =
  'Set PAGERDUTY_TOKEN or PAGERDUTY_TOKEN_FILE to a read-only API key of the account and restart.';

const TIMEOUT = 60 * SECOND;

/** Makes what sends requests; the key goes into one header and nowhere else. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { clock, limiter } = options;
  const headers = headersFor(options.token);
  const blank = (text: string) => text.replaceAll(options.token || '\0', '…');
  let used = 0;
  let simulation: string | null = null;
  let server: { time: number; heardAt: number } | null = null;

  const serverNow = () => (server ? server.time + (clock.now() - server.heardAt) : clock.now());

  const hear = (response: Response, path: string) => {
    const time = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(time)) server = { time, heardAt: clock.now() };
    simulation ??= response.headers.get('x-simulated');
    const seconds = secondsToHalt(response);
    if (seconds !== null) limiter.halt(clock.now() + seconds * SECOND, ownLimit(path) ? path : undefined);
  };

  return {
    serverNow,
    simulation: () => simulation,
    used: () => used,
    async ask(path, parameters, signal) {
      await limiter.take(path, signal);
      used += 1;
      const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
      const timeout = AbortSignal.timeout(TIMEOUT);
      try {
        const response = await options.fetch(`${options.url}${path}?${query}`, {
          headers,
          signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
          redirect: 'error',
        });
        hear(response, path);
        const text = await response.text();
        if (!response.ok) throw refusal(response.status, path, blank(wordsOf(text)));
        return { body: readJson(text, path), serverTime: serverNow() };
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof PagerDutyError) throw error;
        throw new PagerDutyError(
          'passing',
          0,
          `PagerDuty gave no answer to ${path}: ${blank(reasonOf(error))}.`,
        );
      }
    },
  };
}

function headersFor(token: string): Record<string, string> {
  return {
    Authorization: `Token token=${token}`,
    Accept: 'application/vnd.pagerduty+json;version=2',
    'Content-Type': 'application/json',
    'User-Agent': 'pagebudget',
  };
}

/** Seconds that the rate limit's headers ask to wait; null where there is nothing to wait for, or no headers. */
function secondsToHalt(response: Response): number | null {
  const reset = Number(response.headers.get('ratelimit-reset') ?? Number.NaN);
  const left = Number(response.headers.get('ratelimit-remaining') ?? 1);
  if (Number.isNaN(reset) || (response.status !== 429 && left > 0)) return null;
  return Math.max(1, reset);
}

/** GET /oncalls has a limit of its own (api-schema, x-pd-operation-limit), so its halts must not hold up the rest. */
function ownLimit(path: string): boolean {
  return path === '/oncalls';
}

function readJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PagerDutyError('passing', 0, `PagerDuty's answer to ${path} broke off: it is not whole JSON.`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function refusal(status: number, path: string, words: string): PagerDutyError {
  const kind = kindOf(status);
  const said = words ? `: ${words}` : '';
  const advice = kind === 'credential' ? ` ${KEY_ADVICE}` : '';
  return new PagerDutyError(kind, status, `PagerDuty answered ${status} to ${path}${said}.${advice}`);
}
