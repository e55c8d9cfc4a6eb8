import type { Plans } from '../../budgets/files.ts';
import { readConfig } from '../../config.ts';
import type { Query, QueryResponse, QueryResult } from '../../contract.ts';
import { createLog } from '../../log.ts';
import type { Reader, Store } from '../../store/store.ts';
import { newStore } from '../../store/testing/engine.ts';
import { cached } from '../cache/cached.ts';
import { runQueries } from '../run.ts';
import { FROM, fill, TO } from './rows.ts';

export { by, entry, FROM, incident, ROWS, TO, to } from './rows.ts';

/** A store that holds the account, its facts derived and its coverage noted. */
export async function accountStore(): Promise<Store> {
  const store = await newStore();
  await fill(store);
  return store;
}

const readers = new WeakMap<Store, Reader>();

/** The one reader of a store, as a running backend has it: through the cache. */
export function readerOf(store: Store): Reader {
  const reader = readers.get(store) ?? cached(store);
  readers.set(store, reader);
  return reader;
}

/** Asks a store one query over the whole account, with the plans given. */
export async function ask(
  store: Store,
  query: Partial<Query>,
  plans: Partial<Plans> = {},
): Promise<QueryResult> {
  const queries: Query[] = [{ refId: 'A', queryType: 'metric', range: { from: FROM, to: TO }, ...query }];
  const answering = {
    reader: readerOf(store),
    settings: readConfig({}),
    plans: () => ({ budgets: [], slos: [], faults: [], ...plans }),
    configuration: () => 'as tested',
    log: createLog('silent'),
  };
  const { results }: QueryResponse = await runQueries({ queries }, answering, new AbortController().signal);
  if (!results.A) throw new Error('the query was not answered');
  return results.A;
}

/** The rows of an answer's first frame by column; an error of the answer is thrown. */
export function rowsOf({ frames, error }: QueryResult): Record<string, unknown>[] {
  if (error) throw new Error(error);
  const [frame] = frames;
  return (frame?.data.values[0] ?? []).map((_, row) =>
    Object.fromEntries(
      frame?.schema.fields.map((field, column) => [field.name, frame.data.values[column]?.[row]]) ?? [],
    ),
  );
}
