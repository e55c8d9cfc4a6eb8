import { USER_AGENTS } from '../model/facts/entries.ts';
import { labelsAlone } from '../model/facts/labels.ts';
import { type RowOf, TABLES, type TableName } from '../model/index.ts';
import { KEY_NOTE, keyedHash } from '../model/keyed-hash.ts';
import type { Column } from '../model/table.ts';
import { onCallId } from '../pagerduty/endpoints/on-calls.ts';
import type { Mention, Reading } from '../pagerduty/endpoints/reading.ts';
import { sql } from '../sql/statement.ts';
import type { Reader, Row } from '../store/store.ts';

/** What stands for a person who was forgotten. */
export interface StandIn {
  id: string;
  name: string;
}

/** The stand-in of a person's id; null for anybody who was not forgotten. */
export type StandIns = (id: string) => StandIn | null;

/** Puts stand-ins in the place of forgotten people in what was read. */
export type Hide = (reading: Reading) => Reading;

/** Where a column holds the id of a person only in some rows. */
const IS_PERSON: Readonly<Record<string, (row: Row) => boolean>> = {
  'log_entry.agent_id': (row) => USER_AGENTS.has(String(row.agent_type)),
  'missing_thing.id': (row) => row.table === 'user',
  'strange_row.id': (row) => row.stream === 'users',
};

/** What else in a row tells of the person whose id the column held. */
const BESIDES: Readonly<Record<string, (row: Row, standIn: StandIn) => Row>> = {
  'user.id': (row, { name }) => ({ ...row, name, url: null, email_hash: null }),
  'log_entry.agent_id': (row) => ({
    ...row,
    note: typeof row.note === 'string' ? labelsAlone(row.note) : null,
  }),
  'on_call.user_id': (row) => ({ ...row, id: onCallId(row as RowOf<'on_call'> & Row) }),
};

/** The stand-in of a number. */
export function standInOf(number: number): StandIn {
  return { id: `forgotten-${number}`, name: `forgotten person ${number}` };
}

/** The columns of a table that hold ids of people. */
export function personColumns(table: TableName): string[] {
  const columns: [string, Column][] = Object.entries(TABLES[table].columns);
  return columns.filter(([, column]) => column.person).map(([column]) => column);
}

/** A row with stand-ins in the place of forgotten people; the row itself where it names none. */
export function hideIn<T extends TableName>(table: T, row: RowOf<T>, standIns: StandIns): RowOf<T> {
  let hidden = row as Row;
  for (const column of personColumns(table)) {
    const field = `${table}.${column}`;
    const id = hidden[column];
    if (typeof id !== 'string' || IS_PERSON[field]?.(hidden) === false) continue;
    const standIn = standIns(id);
    if (!standIn) continue;
    hidden = { ...hidden, [column]: standIn.id };
    hidden = BESIDES[field]?.(hidden, standIn) ?? hidden;
  }
  return hidden as RowOf<T>;
}

/** The key of the store's hashes, hexadecimal. */
export async function hashKey(reader: Reader): Promise<string> {
  const [note] = await reader.read(sql`SELECT "value" FROM "note" WHERE "name" = ${KEY_NOTE}`);
  return String(note?.value ?? '');
}

/** How people who were forgotten in this store are hidden in what is read of them later. */
export async function hiding(reader: Reader): Promise<Hide> {
  const rows = await reader.read<RowOf<'forgotten_person'> & Row>(sql`SELECT * FROM "forgotten_person"`);
  if (rows.length === 0) return (reading) => reading;
  const key = await hashKey(reader);
  const numbers = new Map(rows.map((row) => [row.id_hash, row.number]));
  const known = new Map<string, StandIn | null>();
  const standIns = (id: string) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const number = numbers.get(keyedHash(key, id));
    const standIn = number === undefined ? null : standInOf(number);
    known.set(id, standIn);
    return standIn;
  };
  return (reading) => hideInReading(reading, standIns);
}

function hideInReading(reading: Reading, standIns: StandIns): Reading {
  const rows = Object.entries(reading.rows).map(([table, list]) => [
    table,
    list.map((row) => hideIn(table as TableName, row as never, standIns)),
  ]);
  return {
    ...reading,
    rows: Object.fromEntries(rows),
    mentions: new Map([...reading.mentions].map(([key, mention]) => [key, hideInMention(mention, standIns)])),
  };
}

function hideInMention(mention: Mention, standIns: StandIns): Mention {
  const standIn = mention.table === 'user' ? standIns(mention.id) : null;
  return standIn ? { ...mention, ...standIn, url: null } : mention;
}
