import { AppError } from '../errors.ts';
import { type RowOf, TABLES, type TableName } from '../model/index.ts';
import { isIn, name, type Statement, sql } from '../sql/statement.ts';
import type { Reader, Row, Store } from './store.ts';

/** The note that a copy leaves in its target until it is whole: the account and the tables that are done. */
const PROGRESS_NOTE = 'copy';

/** Notes that belong to a store itself, not to the account's data. */
const OWN_NOTES = ['schema', 'views', 'version'];

/** What a backend goes by; written last, in one transaction, so that a copy that was cut off is no account. */
const LAST: readonly TableName[] = ['account', 'coverage', 'harvest_window', 'note'];

const ROWS_AT_ONCE = 20_000;

interface Progress {
  account: string;
  done: string[];
}

/** Copies an account's data into an empty store, table by table; after an interruption it goes on with the table that was cut off. `tell` hears of each table. Gives back the rows copied or already there. Throws AppError `conflict` where a store is in use or the target holds other data. */
export async function copyStore(
  from: Store,
  to: Store,
  tell: (table: string, rows: number) => void,
): Promise<number> {
  await claimBoth(from, to);
  const account = await accountOf(from);
  if (account === null) throw new AppError('conflict', `The store ${from.name} holds no account to copy.`);
  let progress = await progressOf(to, from, account);
  for (const table of Object.keys(TABLES) as TableName[]) {
    if (LAST.includes(table) || progress.done.includes(table)) continue;
    await copyTable(from, to, table);
    progress = { account, done: [...progress.done, table] };
    tell(table, await verified(from, to, table));
    await to.transact((writer) => writer.put('note', [noteOf(progress)]));
  }
  await copyLast(from, to);
  const counts = await Promise.all(
    (Object.keys(TABLES) as TableName[])
      .filter((table) => table !== 'note')
      .map((table) => verified(from, to, table)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function claimBoth(...stores: Store[]): Promise<void> {
  for (const store of stores) {
    if (await store.claim()) continue;
    throw new AppError('conflict', `A backend runs on the store ${store.name}: stop it, then copy.`);
  }
}

async function accountOf(store: Reader): Promise<string | null> {
  const [row] = await store.read(sql`SELECT "id" FROM "account"`);
  return row ? String(row.id) : null;
}

/** How far an earlier copy came; a target with other data is refused. */
async function progressOf(to: Store, from: Store, account: string): Promise<Progress> {
  const held = await accountOf(to);
  if (held !== null) {
    throw new AppError(
      'conflict',
      `The store ${to.name} already holds the account "${held}": name an empty one.`,
    );
  }
  const [note] = await to.read(sql`SELECT "value" FROM "note" WHERE "name" = ${PROGRESS_NOTE}`);
  if (note) {
    const progress: Progress = JSON.parse(String(note.value));
    if (progress.account === account) return progress;
    throw new AppError(
      'conflict',
      `The store ${to.name} holds a part of the account "${progress.account}", not of "${account}" in ${from.name}: name an empty one.`,
    );
  }
  for (const table of Object.keys(TABLES) as TableName[]) {
    if (table === 'note' || (await countOf(to, table)) === 0) continue;
    throw new AppError('conflict', `The store ${to.name} is not empty: name an empty one.`);
  }
  const progress: Progress = { account, done: [] };
  await to.transact((writer) => writer.put('note', [noteOf(progress)]));
  return progress;
}

async function copyTable(from: Store, to: Store, table: TableName): Promise<void> {
  for await (const rows of batches(from.chunks(sql`SELECT * FROM ${name(table)}`)))
    await to.transact((writer) => writer.put(table, rows as never));
}

/** Chunks put together to batches that are worth a transaction. */
async function* batches(chunks: AsyncIterable<Row[]>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const chunk of chunks) {
    batch.push(...chunk);
    if (batch.length < ROWS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function copyLast(from: Store, to: Store): Promise<void> {
  const tables = await Promise.all(
    LAST.map(async (table) => {
      const rows = await from.read(sql`SELECT * FROM ${name(table)}`);
      return { table, rows: rows.filter((row) => table !== 'note' || !OWN_NOTES.includes(String(row.name))) };
    }),
  );
  await to.transact(async (writer) => {
    await writer.remove('note', sql`NOT ${isIn(name('name'), OWN_NOTES)}`);
    for (const { table, rows } of tables) await writer.put(table, rows as never);
  });
}

async function verified(from: Store, to: Store, table: TableName): Promise<number> {
  const [given, kept] = [await countOf(from, table), await countOf(to, table)];
  if (given === kept) return kept;
  throw new AppError(
    'store',
    `Of the ${given} rows of ${table} in ${from.name} there are ${kept} in ${to.name}: copy into an empty store again.`,
  );
}

async function countOf(store: Reader, table: TableName): Promise<number> {
  const count: Statement = sql`SELECT count(*) AS "rows" FROM ${name(table)}`;
  return Number((await store.read(count))[0]?.rows);
}

function noteOf(progress: Progress): RowOf<'note'> {
  return { name: PROGRESS_NOTE, value: JSON.stringify(progress), written_at: null };
}
