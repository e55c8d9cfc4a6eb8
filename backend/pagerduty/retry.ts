import { type Clock, MINUTE, SECOND } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Cause } from './cause.ts';
import type { Credentials } from './credentials.ts';
import { type Answer, type Exchange, ownLimit, type Parameters, type Question } from './exchange.ts';
import { type FailureKind, PagerDutyError } from './failure.ts';
import type { Limiter } from './limiter.ts';
import type { Tally } from './tally.ts';

/** How often each kind of failure is tried again. */
const PATIENCE: Readonly<Record<FailureKind, number>> = {
  credential: 0,
  plan: 0,
  permission: 0,
  missing: 0,
  request: 0,
  slow: 1,
  unsteady: 0,
  limited: 12,
  passing: 6,
};

/** What asking again takes. */
export interface PatientOptions {
  exchange: Exchange;
  credentials: Credentials;
  limiter: Limiter;
  tally: Tally;
  clock: Clock;
  random: () => number;
  log: Log;
}

/** Asks until there is an answer or a failure that no waiting mends. */
export type Ask = (
  path: string,
  parameters: Parameters,
  cause: Cause,
  signal?: AbortSignal,
) => Promise<Answer>;

/** Milliseconds to wait before try number `tried` + 1, or null to give up; doubling from a second to a minute, half of it by chance. */
export function waitBeforeRetry(kind: FailureKind, tried: number, random: () => number): number | null {
  if (tried > PATIENCE[kind]) return null;
  const step = Math.min(MINUTE, SECOND * 2 ** (tried - 1));
  return Math.round(step / 2 + (step / 2) * random());
}

/** Makes an asker that waits out what passes, and tries another credential once where one is refused. */
export function askPatiently(options: PatientOptions): Ask {
  return async (path, parameters, cause, signal) => {
    const question = { path, parameters, cause };
    for (let tried = 1; ; tried += 1) {
      try {
        return await askRenewing(options, question, signal);
      } catch (error) {
        if (!(error instanceof PagerDutyError && (await waitOut(options, error, question, tried, signal)))) {
          throw error;
        }
        options.tally.add(path, cause, { retried: 1 });
      }
    }
  };
}

type Asked = Omit<Question, 'authorization'>;

async function askRenewing(options: PatientOptions, question: Asked, signal?: AbortSignal): Promise<Answer> {
  const { exchange, credentials, tally, log } = options;
  const { path, cause } = question;
  const authorization = await credentials.authorization(signal);
  try {
    return await exchange.ask({ ...question, authorization }, signal);
  } catch (error) {
    const refused = error instanceof PagerDutyError && error.kind === 'credential';
    if (!refused || !(await credentials.renew(authorization, signal))) throw error;
    log.warn({ path, cause }, 'PagerDuty refused the credential; another is tried.');
  }
  tally.add(path, cause, { retried: 1 });
  return exchange.ask({ ...question, authorization: await credentials.authorization(signal) }, signal);
}

/** Waits as long as the failure needs; false where waiting does not help. */
async function waitOut(
  { limiter, clock, random, log }: PatientOptions,
  failure: PagerDutyError,
  { path, cause }: Asked,
  tried: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const wait = waitBeforeRetry(failure.kind, tried, random);
  log.warn({ path, cause, status: failure.status, tried, wait }, failure.message);
  if (wait === null) return false;
  if (failure.kind === 'limited') limiter.halt(wait, ownLimit(path));
  await clock.sleep(wait, signal);
  signal?.throwIfAborted();
  return true;
}
