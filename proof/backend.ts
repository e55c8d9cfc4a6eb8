import { setTimeout as sleep } from 'node:timers/promises';
import type { Query, QueryResponse, QueryResult, Status } from '../backend/contract.ts';
import { type NodeProcess, startNode } from './node-process.ts';
import type { Simulated } from './simulated.ts';

/** What a backend under proof is told; all else is as a new user has it. */
export interface BackendOptions {
  account: Simulated;
  /** Its PAGEBUDGET_STORE. */
  store: string;
  /** How far back it harvests: `90d` or an ISO date. */
  since: string;
  /** Path of its pagebudget.yaml. */
  settings?: string;
  /** Flags for Node itself. */
  flags?: string[];
}

/** A backend that runs as a process of its own. */
export interface Backend {
  process: NodeProcess;
  /** Its address, once it listens. */
  url: Promise<string>;
  status(): Promise<Status>;
  ask(query: Omit<Query, 'refId'>): Promise<QueryResult>;
}

/** A connection of its own for each request: an idle one may be gone by the time that it is used again. */
const ONCE = { connection: 'close' };

/** Starts the real backend (`backend/main.ts`) on a free port, harvesting the simulated account. */
export function startBackend({ account, store, since, settings, flags = [] }: BackendOptions): Backend {
  const env = {
    PAGERDUTY_API_URL: account.url,
    PAGERDUTY_TOKEN: account.token,
    PAGERDUTY_TOKEN_FILE: '',
    PAGEBUDGET_STORE: store,
    PAGEBUDGET_SINCE: since,
    PAGEBUDGET_CONFIG: settings ?? '',
    PAGEBUDGET_TOKEN: '',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
  };
  const process = startNode('backend/main.ts', [], { env, flags });
  const url = process.line((line) => /"url":"(http[^"]+)".*"msg":"listening"/.exec(line)?.[1] ?? null);
  url.catch(() => undefined);
  return {
    process,
    url,
    status: async () => (await (await fetch(`${await url}/status`, { headers: ONCE })).json()) as Status,
    ask: async (query) => askAt(await url, query),
  };
}

async function askAt(url: string, query: Omit<Query, 'refId'>): Promise<QueryResult> {
  const response = await fetch(`${url}/query`, {
    method: 'POST',
    headers: { ...ONCE, 'content-type': 'application/json' },
    body: JSON.stringify({ queries: [{ refId: 'A', ...query }] }),
  });
  const { results } = (await response.json()) as QueryResponse;
  const result = results.A;
  if (!result) throw new Error(`POST /query answered ${response.status} without a result.`);
  return result;
}

/** Waits until a backend has read all that it was told to and rests: nothing is left, and it has asked nothing for a while. */
export async function harvested(
  backend: Backend,
  { quietMs = 3000, withinMs = 600_000 } = {},
): Promise<Status> {
  const end = performance.now() + withinMs;
  let used = -1;
  let quietSince = performance.now();
  while (performance.now() < end) {
    const status = await backend.status();
    if (status.state === 'stopped') throw new Error(`The harvest stopped: ${status.error}`);
    if (status.requests.used !== used) quietSince = performance.now();
    used = status.requests.used;
    if (status.state === 'ready' && status.complete && performance.now() - quietSince >= quietMs)
      return status;
    await sleep(100);
  }
  throw new Error(`The harvest was not done within ${withinMs / 1000} s.`);
}

/** The rows of an answer's frames, by column; throws where the answer is an error. */
export function rowsOf(result: QueryResult): Record<string, string | number | boolean | null>[] {
  if (result.error !== undefined) throw new Error(result.error);
  return result.frames.flatMap(({ schema, data }) =>
    (data.values[0] ?? []).map((_, row) =>
      Object.fromEntries(schema.fields.map(({ name }, column) => [name, data.values[column]?.[row] ?? null])),
    ),
  );
}
