import { DAY } from '../../clock.ts';
import type { Query } from '../../contract.ts';
import { deriveAll } from '../../harvest/derive-all.ts';
import { CONTEXT, COVERED, type Step, write } from '../../harvest/testing/random-account.ts';
import type { TableName } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';
import { newStore } from '../../store/testing/engine.ts';
import { ask, rowsOf } from './account.ts';

/** A range that holds all that a random account tells of. */
export const WHOLE = { from: COVERED.from, to: COVERED.until + 6 * DAY };

const THINGS = {
  service: ['S2'],
  team: ['T2', 'T3'],
  user: ['U1', 'U2', 'U3', 'U4', 'U5'],
  schedule: ['C1', 'C2'],
  escalation_policy: ['E1', 'E2'],
  priority: ['P1'],
} as const satisfies Partial<Record<TableName, string[]>>;

const UNTOLD = {
  ...{ url: null, listed: true, deleted_at: null, email_hash: null, time_zone: null, rank: 1 },
  ...{ escalation_policy_id: null, runbook: null },
};

/** Brings the rest of a random account's directory, and that it is harvested whole. */
export async function complete(store: Store): Promise<void> {
  const coverage = { state: 'complete', rows: 1, reason: null, from: WHOLE.from, to: WHOLE.to };
  await store.transact(async (writer) => {
    await writer.put(
      'coverage',
      ['incidents', 'log_entries', 'on_call'].map((stream) => ({ stream, ...coverage })),
    );
    for (const [table, ids] of Object.entries(THINGS))
      await writer.put(
        table as keyof typeof THINGS,
        ids.map((id) => ({ ...UNTOLD, id, name: `Thing ${id}` })),
      );
  });
}

/** A direct target who is always on call. */
export function permanent(user_id: string): Step {
  const row = { user_id, escalation_policy_id: 'E1', schedule_id: null, level: 1, start: null, end: null };
  return { table: 'on_call', row: { id: 'O', ...row }, touched: { onCall: [user_id] } };
}

/** A store that holds what the steps write, its facts derived at once. */
export async function storeOf(steps: readonly Step[], covered = COVERED): Promise<Store> {
  const store = await newStore();
  await store.transact((writer) => write(writer, steps));
  await deriveAll(store, { ...CONTEXT, covered });
  await complete(store);
  return store;
}

/** The rows of a metric over a range, the whole account's unless told. */
export async function tableOf(
  store: Store,
  query: Partial<Query>,
  { from, to } = WHOLE,
): Promise<Record<string, unknown>[]> {
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return rowsOf(await ask(store, { range, format: 'table', limit: 100_000, ...query }));
}

/** The figures of a metric in the rows that a question gets, added up. */
export async function sumOf(
  store: Store,
  query: Partial<Query> & { metric: string },
  range = WHOLE,
): Promise<number> {
  const rows = await tableOf(store, query, range);
  return rows.reduce((sum, row) => sum + Number(row[query.metric] ?? 0), 0);
}
