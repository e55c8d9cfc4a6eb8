import { type Clock, SECOND, steady } from '../clock.ts';
import { CAUSES, type Cause } from './cause.ts';
import type { Credentials } from './credentials.ts';
import { kindOf, PagerDutyError, reasonOf, sayingOf } from './failure.ts';
import type { Limiter } from './limiter.ts';
import { readLimits } from './limits.ts';
import { createServerClock } from './server-clock.ts';
import type { Tally } from './tally.ts';

/** Query parameters in order; a name may be repeated. */
export type Parameters = readonly (readonly [name: string, value: string])[];

/** What one request needs of the world. */
export interface ExchangeOptions {
  /** Root of the API without a final slash. */
  url: string;
  credentials: Credentials;
  fetch: typeof fetch;
  clock: Clock;
  limiter: Limiter;
  tally: Tally;
  /** Called with the account's limit as each answer tells it, requests per minute. */
  onLimit(limit: number): void;
}

/** One request: what is asked, for what cause, and with which Authorization header. */
export interface Question {
  path: string;
  parameters: Parameters;
  cause: Cause;
  authorization: string;
}

/** A body and PagerDuty's clock when it was sent, epoch milliseconds. */
export interface Answer {
  body: unknown;
  serverTime: number;
}

/** Single requests, paced, each tried once. */
export interface Exchange {
  /** Throws PagerDutyError, or the signal's reason. */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  /** The instant now by PagerDuty's own clock, rather too early than too late; the machine's before the first answer. */
  serverNow(): number;
  /** What names the simulated account that answers (header x-simulated); null for a real one. */
  simulation(): string | null;
  /** How long answers take of late, milliseconds. */
  answerTime(): number;
}

const TIMEOUT = 60 * SECOND;

/** The weight of the last answer in the mean of how long answers take. */
const LAST_WEIGHS = 0.1;

/** Makes what sends requests; the credential goes into one header and nowhere else. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { limiter, tally, credentials } = options;
  const now = steady(options.clock);
  const server = createServerClock(now);
  let answerTime = 0;
  let underWay = 0;
  let simulation: string | null = null;

  const blank = (text: string) =>
    [...credentials.secrets()].reduce((blanked, secret) => blanked.replaceAll(secret, '…'), text);

  const hear = (response: Response, path: string) => {
    const time = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(time)) server.hear(time);
    simulation ??= response.headers.get('x-simulated');
    const { limit, halt } = readLimits(response, underWay);
    if (halt !== null) limiter.halt(halt, ownLimit(path));
    if (limit !== null && !ownLimit(path)) options.onLimit(limit);
  };

  const send = async ({ path, parameters, authorization }: Question, signal: AbortSignal) => {
    const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
    const response = await options.fetch(`${options.url}${path}?${query}`, {
      headers: headersFor(authorization),
      signal,
      redirect: 'manual',
    });
    underWay -= 1;
    hear(response, path);
    underWay += 1;
    const text = await response.text();
    if (!response.ok) throw refusal(response, path, sayingOf(blank(text)), credentials.advice);
    return { response, text };
  };

  const ask = async (question: Question, signal?: AbortSignal): Promise<Answer> => {
    const { path, cause } = question;
    await limiter.take(path, CAUSES[cause], signal);
    const sentAt = now();
    const timeout = AbortSignal.timeout(TIMEOUT);
    underWay += 1;
    try {
      const { response, text } = await send(question, signal ? AbortSignal.any([signal, timeout]) : timeout);
      tally.add(path, cause, { bytes: Buffer.byteLength(text) });
      return { body: readJson(text, path, response), serverTime: server.now() };
    } catch (error) {
      signal?.throwIfAborted();
      const failure =
        error instanceof PagerDutyError ? error : unanswered(path, blank(reasonOf(error)), timeout);
      tally.add(path, cause, { refused: failure.status });
      throw failure;
    } finally {
      underWay -= 1;
      const took = now() - sentAt;
      answerTime += (took - answerTime) * LAST_WEIGHS;
      tally.add(path, cause, { requests: 1, seconds: took / SECOND });
    }
  };

  return { ask, serverNow: server.now, simulation: () => simulation, answerTime: () => answerTime };
}

/** GET /oncalls has a limit of its own (api-schema, x-pd-operation-limit), so its halts must not hold up the rest. */
export function ownLimit(path: string): string | undefined {
  return path === '/oncalls' ? path : undefined;
}

function headersFor(authorization: string): Record<string, string> {
  return {
    Authorization: authorization,
    Accept: 'application/vnd.pagerduty+json;version=2',
    'Content-Type': 'application/json',
    'User-Agent': 'pagebudget',
  };
}

function readJson(text: string, path: string, response: Response): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const type = response.headers.get('content-type') ?? '';
    const what =
      /json/i.test(type) || !type
        ? 'broke off: it is not whole JSON'
        : `is ${type}, not JSON: something between may have answered`;
    throw new PagerDutyError('passing', 0, `PagerDuty's answer to ${path} ${what}.`);
  }
}

function unanswered(path: string, reason: string, timeout: AbortSignal): PagerDutyError {
  if (!timeout.aborted)
    return new PagerDutyError('passing', 0, `PagerDuty gave no answer to ${path}: ${reason}.`);
  return new PagerDutyError(
    'slow',
    0,
    `PagerDuty gave no answer to ${path} within ${TIMEOUT / SECOND} seconds.`,
  );
}

function refusal(
  { status, headers }: Response,
  path: string,
  { words, code }: ReturnType<typeof sayingOf>,
  credentialAdvice: string,
): PagerDutyError {
  const kind = kindOf(status, code);
  const advice = kind === 'credential' ? credentialAdvice : redirectAdvice(status, headers.get('location'));
  const said = [`PagerDuty answered ${status} to ${path}${words && `: ${words}`}.`, advice];
  return new PagerDutyError(kind, status, said.filter(Boolean).join(' '));
}

function redirectAdvice(status: number, location: string | null): string {
  if (status < 300 || status >= 400 || location === null || !URL.canParse(location)) return '';
  return `It sends to ${new URL(location).host}, where the credential does not go: set PAGERDUTY_API_URL or PAGERDUTY_REGION to the right address.`;
}
