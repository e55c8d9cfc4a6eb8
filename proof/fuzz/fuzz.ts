import { readConfig } from '../../backend/config.ts';
import type { Query, QueryResponse, Status } from '../../backend/contract.ts';
import { createServing, listen } from '../../backend/http/server.ts';
import { createLog } from '../../backend/log.ts';
import { cached } from '../../backend/query/cache/cached.ts';
import { type Statement, textOf } from '../../backend/sql/statement.ts';
import type { Row, Store } from '../../backend/store/store.ts';
import { type Chance, chanceOf } from '../../oracle/random.ts';
import { excessOf } from './bounds.ts';
import { hostile, hostileText, MARK, mangled, noise } from './hostile.ts';
import { PLANS } from './plans.ts';
import { sound, spoiled } from './queries.ts';

/** What came of fuzzing: queries asked, how many of them were answered, and every fault in words. */
export interface Fuzzed {
  asked: number;
  answered: number;
  faults: string[];
}

/** Queries in one request, and requests under way at a time. */
const AT_ONCE = 20;
const SIDE_BY_SIDE = 4;
/** One request in so many may hold what is no query at all, for which the others are refused too. */
const WHOLE_REFUSED = 10;
const LONGEST = 30_000;
const ENOUGH = 20;

const POLICIES = ['names', 'pseudonyms', 'aggregates'] as const;

/** Asks a backend over a store that many random queries, whole ones and bytes, over HTTP: none may crash it, be answered with a 5xx or with more than one answer may hold, or put a text of its own into SQL. */
export async function fuzz(store: Store, queries: number, seed: number): Promise<Fuzzed> {
  const outcome: Fuzzed = { asked: 0, answered: 0, faults: [] };
  const backends = await Promise.all(POLICIES.map((people) => serve(watched(store, outcome), people)));
  const chance = chanceOf(seed);
  const work = async () => {
    while (outcome.asked < queries && outcome.faults.length < ENOUGH) {
      const send = chance.pick([structured, structured, structured, raw, lookUp]);
      await send(chance.pick(backends).url, chance, outcome).catch((error) => {
        outcome.faults.push(`no answer: ${String(error)} ${String((error as Error).cause ?? '')}`);
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  } finally {
    for (const { server } of backends) {
      server.close();
      server.closeAllConnections();
    }
  }
  return outcome;
}

/** The store, with an eye on the SQL. */
function watched(store: Store, { faults }: Fuzzed): Pick<Store, 'read' | 'version' | 'changedSince'> {
  return {
    get version() {
      return store.version;
    },
    changedSince: store.changedSince,
    read: <R extends Row>(statement: Statement, signal?: AbortSignal) => {
      const text = textOf(statement);
      if (text.toLowerCase().includes(MARK) || !/^(SELECT|WITH) /.test(text) || text.includes(';'))
        faults.push(`SQL that is not ours: ${text.slice(0, 500)}`);
      return store.read<R>(statement, signal);
    },
  };
}

function serve(store: Pick<Store, 'read' | 'version' | 'changedSince'>, people: (typeof POLICIES)[number]) {
  const log = createLog('silent');
  const app = createServing({
    reader: cached(store),
    settings: { ...readConfig({}), people },
    plans: () => PLANS,
    configuration: () => 'fuzzed',
    log,
    token: 'secret',
    status: async () => STATUS,
  });
  return listen(app, '127.0.0.1', 0);
}

const STATUS: Status = {
  ...{
    version: '0',
    account: null,
    state: 'ready',
    harvestedUntil: null,
    behindSeconds: null,
    complete: false,
  },
  ...{ reason: null, error: null, lastError: null, remarks: [], streams: [], rules: 'none' },
  progress: { done: 1, window: null, rows: 0, rowsPerSecond: null, secondsLeft: null },
  requests: { used: 0, refused: 0, perMinute: 0, allowedPerMinute: 1, accountLimit: null, byEndpoint: [] },
  configuration: {
    ...{ hash: '', version: '', schema: 0, rules: '', settings: '', budgets: '' },
    ...{ views: '', engine: '', zones: null },
  },
  store: { name: 'fuzzed', bytes: null },
  ...{ timeZone: 'UTC', timeZoneAssumed: true },
};

type Send = (url: string, chance: Chance, outcome: Fuzzed) => Promise<void>;

const isObject = (thing: unknown): thing is object => typeof thing === 'object' && thing !== null;

const structured: Send = async (url, chance, outcome) => {
  const all = Array.from({ length: AT_ONCE }, () => spoiled(chance));
  const some = chance.below(WHOLE_REFUSED) === 0 ? all : all.filter(isObject);
  const queries = some.map((query, index) => (isObject(query) ? { ...query, refId: `Q${index}` } : query));
  const viewer = chance.pick([
    {},
    {},
    {},
    {},
    { viewer: { login: 'x', email: 'bob@example.com', role: 'Viewer' } },
    { viewer: { login: 'x', email: 'ann@example.com', role: 'Admin' } },
    { viewer: hostile(chance) },
  ]);
  outcome.asked += queries.length;
  const body = JSON.stringify({ queries, ...viewer });
  const answer = await post(url, body, outcome);
  for (const [refId, { status, error, frames }] of Object.entries(answer?.results ?? {})) {
    const query = queries[Number(refId.slice(1))];
    const asked = () => JSON.stringify(query);
    if (status === 200 && !error) {
      outcome.answered += 1;
      const excess = excessOf(query as Query, frames);
      if (excess.length > 0) outcome.faults.push(`too many ${excess.join(' and ')} for ${asked()}`);
    } else if (status >= 500 || !error || frames.length > 0)
      outcome.faults.push(`${status} ${error} for ${asked()}`);
    else if (/Invalid (input|key|option)|undefined|\[object/.test(error.replaceAll(MARK, '')))
      outcome.faults.push(`not in our words: ${error}`);
  }
};

const raw: Send = async (url, chance, outcome) => {
  const whole = JSON.stringify({ queries: [sound(chance)] });
  outcome.asked += 1;
  await post(url, chance.below(4) === 0 ? noise(chance) : mangled(whole, chance), outcome);
};

const lookUp: Send = async (url, chance, outcome) => {
  const parameters = new URLSearchParams({
    dimension: chance.pick(['team', 'user', 'fingerprint', 'budget', '__proto__', hostileText(chance)]),
    search: hostileText(chance),
  });
  outcome.asked += 1;
  const viewer = JSON.stringify(hostile(chance)).replace(/[^\x20-\x7e]/g, '?');
  const response = await fetch(`${url}/values?${parameters}`, {
    headers: { authorization: 'Bearer secret', 'x-pagebudget-viewer': viewer },
    signal: AbortSignal.timeout(LONGEST),
  });
  const text = await response.text();
  if (response.status >= 500) outcome.faults.push(`${response.status} ${text} for /values?${parameters}`);
  else if (response.ok) outcome.answered += 1;
};

async function post(
  url: string,
  body: string | Uint8Array,
  outcome: Fuzzed,
): Promise<QueryResponse | undefined> {
  const response = await fetch(`${url}/query`, {
    method: 'POST',
    headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    body: body as string,
    signal: AbortSignal.timeout(LONGEST),
  });
  const text = await response.text();
  if (response.status >= 500)
    outcome.faults.push(
      `${response.status} ${text.slice(0, 300)} for ${Buffer.from(body).toString().slice(0, 500)}`,
    );
  return response.ok ? (JSON.parse(text) as QueryResponse) : undefined;
}
