import type { Clock } from '../clock.ts';
import type { RequestsStatus } from '../contract.ts';
import type { Log } from '../log.ts';
import type { Cause } from './cause.ts';
import type { Credentials } from './credentials.ts';
import { createExchange, type Parameters } from './exchange.ts';
import { ACCOUNT_LIMIT, createLimiter } from './limiter.ts';
import { type Listing, type Page, readPages } from './pages.ts';
import { askPatiently } from './retry.ts';
import { createTally, type RequestCount } from './tally.ts';

/** What the client needs of the world. */
export interface ClientOptions {
  /** Root of the API without a final slash. */
  url: string;
  credentials: Credentials;
  /** The share of the account's requests a minute that this client may use, 0-1. */
  requestShare: number;
  fetch: typeof fetch;
  clock: Clock;
  random: () => number;
  log: Log;
}

/** Requests since the client was made, and in the last minute. */
export type RequestCounts = RequestsStatus & { byEndpoint: readonly RequestCount[] };

/** A reader of PagerDuty's REST API that paces itself and is patient with failures that pass. */
export interface Client {
  /** The JSON of one resource. Throws PagerDutyError, AppError `unauthorized` without a key, or the signal's reason. */
  get(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<unknown>;
  /** The pages of a list, each row once. Throws as `get` does, ListTooLong beyond 10,000 rows, AppError `upstream` on a page that leads nowhere. */
  pages(listing: Listing, parameters?: Parameters, signal?: AbortSignal): AsyncGenerator<Page>;
  /** This client for a cause: its requests are counted under it and wait by its rank. */
  by(cause: Cause): Client;
  /** How many lists, read side by side, use all of the allowed rate, by how long answers take: 2 to 16. */
  width(): number;
  /** The instant now by PagerDuty's own clock, from the Date header of its last answer; the machine's before. */
  serverNow(): number;
  /** What names the simulated account that answers (header x-simulated); null for a real one. */
  simulation(): string | null;
  requests(): RequestCounts;
}

/** One that waits for an answer, one whose rows are being written. */
const SPARE = 2;
const WIDEST = 16;

/** Makes a client, its cause `connect`; nothing is asked until the first call. */
export function createClient(options: ClientOptions): Client {
  const shareOf = (limit: number) => Math.max(1, Math.floor(limit * options.requestShare));
  const limiter = createLimiter(options.clock, shareOf(ACCOUNT_LIMIT));
  const tally = createTally();
  let accountLimit: number | null = null;
  const onLimit = (limit: number) => {
    if (limit === accountLimit) return;
    accountLimit = limit;
    limiter.allow(shareOf(Math.min(limit, ACCOUNT_LIMIT)));
  };
  const exchange = createExchange({ ...options, limiter, tally, onLimit });

  const ask = askPatiently({ ...options, exchange, limiter, tally });

  const requests = (): RequestCounts => {
    const byEndpoint = tally.counts();
    return {
      used: byEndpoint.reduce((sum, count) => sum + count.requests, 0),
      refused: byEndpoint.reduce((sum, count) => sum + count.refused, 0),
      perMinute: limiter.recent(),
      allowedPerMinute: limiter.perMinute(),
      accountLimit,
      byEndpoint,
    };
  };

  const width = () => {
    const inFlight = Math.ceil((limiter.perMinute() / 60_000) * exchange.answerTime());
    return Math.min(WIDEST, inFlight + SPARE);
  };

  const clientFor = (cause: Cause): Client => ({
    get: async (path, parameters = [], signal) => (await ask(path, parameters, cause, signal)).body,
    pages: (listing, parameters = [], signal) =>
      counted(
        readPages(listing, (position) => ask(listing.path, [...parameters, ...position], cause, signal)),
        (rows) => tally.add(listing.path, cause, { rows }),
      ),
    by: clientFor,
    width,
    requests,
    serverNow: exchange.serverNow,
    simulation: exchange.simulation,
  });
  return clientFor('connect');
}

async function* counted(pages: AsyncGenerator<Page>, add: (rows: number) => void): AsyncGenerator<Page> {
  for await (const page of pages) {
    add(page.items.length);
    yield page;
  }
}
