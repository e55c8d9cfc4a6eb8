import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Answer, createExchange, KEY_ADVICE, type Parameters } from './exchange.ts';
import { PagerDutyError } from './failure.ts';
import { ACCOUNT_LIMIT, createLimiter } from './limiter.ts';
import { type Listing, type Page, readPages } from './pages.ts';
import { waitBeforeRetry } from './retry.ts';

/** What the client needs of the world. */
export interface ClientOptions {
  /** Root of the API without a final slash. */
  url: string;
  /** Read-only API key; null refuses every request. */
  token: string | null;
  /** The share of the account's 960 requests a minute that this client may use, 0-1. */
  requestShare: number;
  fetch: typeof fetch;
  clock: Clock;
  random: () => number;
  log: Log;
}

/** Requests since the client was made, and in the last minute. */
export interface RequestCounts {
  used: number;
  refused: number;
  refusedByPath: Readonly<Record<string, number>>;
  perMinute: number;
  allowedPerMinute: number;
}

/** A reader of PagerDuty's REST API that paces itself and is patient with failures that pass. */
export interface Client {
  /** The JSON of one resource. Throws PagerDutyError, AppError `unauthorized` without a key, or the signal's reason. */
  get(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<unknown>;
  /** The pages of a list, each row once. Throws as `get` does, ListTooLong beyond 10,000 rows, AppError `upstream` on a page that leads nowhere. */
  pages(listing: Listing, parameters?: Parameters, signal?: AbortSignal): AsyncGenerator<Page>;
  /** The instant now by PagerDuty's own clock, from the Date header of its last answer; the machine's before. */
  serverNow(): number;
  /** What names the simulated account that answers (header x-simulated); null for a real one. */
  simulation(): string | null;
  requests(): RequestCounts;
}

/** Makes a client; nothing is asked until the first call. */
export function createClient(options: ClientOptions): Client {
  const { clock, token } = options;
  const limiter = createLimiter(clock, Math.max(1, Math.floor(ACCOUNT_LIMIT * options.requestShare)));
  const exchange = createExchange({ ...options, token: token ?? '', limiter });
  const refusedByPath: Record<string, number> = {};

  const patiently = async (path: string, parameters: Parameters, signal?: AbortSignal): Promise<Answer> => {
    if (!token) throw new AppError('unauthorized', `There is no PagerDuty API key. ${KEY_ADVICE}`);
    for (let tried = 1; ; tried += 1) {
      try {
        return await exchange.ask(path, parameters, signal);
      } catch (error) {
        if (!(error instanceof PagerDutyError)) throw error;
        const wait = waitBeforeRetry(error.kind, tried, options.random);
        refusedByPath[shapeOf(path)] = (refusedByPath[shapeOf(path)] ?? 0) + 1;
        options.log.warn({ path, status: error.status, tried, wait }, error.message);
        if (wait === null) throw error;
        await clock.sleep(wait, signal);
        signal?.throwIfAborted();
      }
    }
  };

  return {
    serverNow: exchange.serverNow,
    simulation: exchange.simulation,
    get: async (path, parameters = [], signal) => (await patiently(path, parameters, signal)).body,
    pages: (listing, parameters = [], signal) =>
      readPages(listing, (position) => patiently(listing.path, [...parameters, ...position], signal)),
    requests: () => ({
      used: exchange.used(),
      refused: Object.values(refusedByPath).reduce((sum, count) => sum + count, 0),
      refusedByPath: { ...refusedByPath },
      perMinute: limiter.recent(),
      allowedPerMinute: limiter.perMinute,
    }),
  };
}

function shapeOf(path: string): string {
  return path.replace(/^(\/[a-z_]+)\/[^/]+/, '$1/:id');
}
