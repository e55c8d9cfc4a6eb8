import { HOUR } from '../../../clock.ts';
import { readConfig } from '../../../config.ts';
import type { Query, QueryResult, Status, Viewer } from '../../../contract.ts';
import { derive } from '../../../harvest/derive.ts';
import { createLog } from '../../../log.ts';
import { emailHash, KEY_NOTE } from '../../../model/keyed-hash.ts';
import type { Store } from '../../../store/store.ts';
import { runQueries } from '../../run.ts';
import { accountStore, by, entry, FROM, incident, ROWS, readerOf, TO, to } from '../../testing/account.ts';
import type { Policy } from '../view.ts';
import { plans } from './plans.ts';

/** The store's key for pseudonyms and e-mails. */
export const KEY = '00'.repeat(32);

/** Ann, who is one of the account's people. */
export const ANN: Viewer = { login: 'someone', email: 'Ann@Example.com', role: 'Viewer' };
/** Bob, who comes after her in every order. */
export const BOB: Viewer = { login: 'someone else', email: 'bob@example.com', role: 'Viewer' };
/** A process that no person is behind. */
export const SCHEDULER: Viewer = { login: 'grafana_scheduler', email: '', role: 'Admin' };

/** What finds these people's names, ids or e-mails, and their hashes, in an answer. */
export const tellsOf = (...ids: string[]) =>
  new RegExp(ids.map((id) => `\\b${id}\\b|${emailHash(KEY, `${id}@example.com`)}`).join('|'), 'i');

/** What Ann wrote herself. */
export const OWN_NOTE = 'Bob was asleep';

const bot = { agent_type: 'bot_user_reference', agent_id: 'BOT', channel_type: 'api' };

/** Entries in which people speak of people, and one brings something upon another. */
const TALK = [
  entry('T1', 'I1', 'annotate', '2026-03-10T10:00:00Z', { ...by('Ann'), note: OWN_NOTE }),
  entry('T2', 'I1', 'annotate', '2026-03-10T10:01:00Z', { ...by('Bob'), note: 'Ann and Bob know why' }),
  entry('T3', 'I1', 'annotate', '2026-03-10T10:02:00Z', { ...bot, note: 'Ann handed over to Bob' }),
  entry('T4', 'I1', 'annotate', '2026-03-10T10:03:00Z', { note: 'Ann will ask Bob' }),
  entry('T5', 'I1', 'notify', '2026-03-10T10:04:00Z', { ...to('Ann', 'email'), ...by('Bob') }),
  entry('T6', 'I1', 'notify', '2026-03-10T10:05:00Z', { ...to('Bob', 'email'), ...by('Ann') }),
  entry('T7', 'I1', 'notify', '2026-03-10T10:06:00Z', { ...to('Ann', 'email'), ...bot }),
  entry('T8', 'I1', 'notify', '2026-03-10T10:07:00Z', { ...to('Ann', 'email'), ...by('Ann') }),
] as const;

/** An alert that came three times in an hour. */
const FLAPPING = [10, 20, 30].map((minute) => incident(`I${minute}`, `2026-03-11T09:${minute}:00Z`));

/** Everybody on call for ever, at one level. */
const ALWAYS = ['Ann', 'Bob'].map((user_id) => ({
  ...{ id: `P2 2 ${user_id}`, user_id, escalation_policy_id: 'P2', schedule_id: null, level: 2 },
  ...{ start: null, end: null },
}));

/** A store with the account's people as PagerDuty tells of them, what they said, and the harvest's own account of itself. */
export async function peopleStore(): Promise<Store> {
  const store = await accountStore();
  await store.transact(async (writer) => {
    await writer.put('note', [{ name: KEY_NOTE, value: KEY, written_at: null }]);
    const people = ROWS.user.map((user) => ({
      ...user,
      email_hash: emailHash(KEY, `${user.id}@example.com`),
    }));
    await writer.put('user', people);
    await writer.put('log_entry', [...TALK]);
    await writer.put('on_call', ALWAYS);
    await writer.put('incident', FLAPPING);
    const incidents = FLAPPING.map(({ id }) => id);
    await derive(writer, { incidents }, { settings: readConfig({}), covered: null });
    const counts = { requests: 3, refused: 1, retried: 1, rows: 6, bytes: 100, seconds: 0.5 };
    await writer.put('request_ledger', [
      { day: Date.parse(FROM), endpoint: '/users', cause: 'directory', ...counts },
    ]);
  });
  return store;
}

const STATUS: Status = {
  ...{ version: '0', account: null, state: 'ready', harvestedUntil: TO, behindSeconds: 5 },
  ...{ complete: true, reason: null, error: null, lastError: null, remarks: [], streams: [], rules: '' },
  progress: { done: 1, window: null, rows: 6, rowsPerSecond: null, secondsLeft: null },
  requests: {
    ...{ used: 3, refused: 1, perMinute: 3, allowedPerMinute: 480, accountLimit: 960, byEndpoint: [] },
  },
  configuration: {
    ...{ hash: '', settings: '', rules: '', budgets: '', views: '', engine: '' },
    ...{ zones: null, schema: 1, version: '0' },
  },
  ...{ store: { name: 'memory', bytes: null }, timeZone: 'UTC', timeZoneAssumed: false },
};

/** Asks as a viewer under a policy, through the one reader that all viewers share, as in a running backend. */
export async function askAs(
  store: Store,
  people: Policy,
  viewer: Viewer | undefined,
  query: Partial<Query>,
): Promise<QueryResult> {
  const queries: Query[] = [
    { refId: 'A', queryType: 'metric', range: { from: FROM, to: TO }, intervalMs: 24 * HOUR, ...query },
  ];
  const answering = {
    reader: readerOf(store),
    settings: { ...readConfig({}), people },
    plans,
    configuration: () => 'as tested',
    status: async () => STATUS,
    log: createLog('silent'),
  };
  const request = { queries, ...(viewer && { viewer }) };
  const { results } = await runQueries(request, answering, new AbortController().signal);
  return results.A as QueryResult;
}
