import { AppError } from '../errors.ts';
import { hashKey, hideIn, personColumns, type StandIn, standInOf } from '../harvest/forgotten.ts';
import { TABLES, type TableName } from '../model/index.ts';
import { emailHash, keyedHash } from '../model/keyed-hash.ts';
import { nearest } from '../nearest.ts';
import { name, type Statement, sql } from '../sql/statement.ts';
import type { Reader, Row, Store, Writer } from '../store/store.ts';

/** What was done to forget a person. */
export interface Forgotten {
  /** What stands for the person from now on. */
  standIn: StandIn;
  /** Rows that named the person. */
  rows: number;
  /** Texts that others wrote and that hold the person's name, counted by what they are. */
  mentions: Record<string, number>;
}

/** Texts in which a name may stand, in words. */
const TEXTS = {
  'titles of incidents': { table: 'incident', column: 'title' },
  'notes by others': { table: 'log_entry', column: 'note' },
  'names of services': { table: 'service', column: 'name' },
  'names of teams': { table: 'team', column: 'name' },
  'names of escalation policies': { table: 'escalation_policy', column: 'name' },
  'names of schedules': { table: 'schedule', column: 'name' },
  'descriptions of maintenance windows': { table: 'maintenance_window', column: 'description' },
} as const satisfies Record<string, { table: TableName; column: string }>;

/**
 * Erases a person, named by id, name or e-mail, from every table, in one transaction, and puts a stand-in in the place, so
 * that all counts stay; rows that the harvest reads later get the same one. Throws AppError `not_found` or `conflict`
 * where nobody or several people are meant.
 */
export function forget(store: Store, who: string): Promise<Forgotten> {
  return store.transact(async (writer) => {
    const key = await hashKey(writer);
    const person = await find(writer, who, key);
    const standIn = await remember(writer, keyedHash(key, person.id));
    let rows = 0;
    for (const table of Object.keys(TABLES) as TableName[])
      rows += await hideStored(writer, table, person.id, standIn);
    return { standIn, rows, mentions: await mentionsOf(writer, person.name) };
  });
}

interface Person extends Row {
  id: string;
  name: string | null;
}

async function find(reader: Reader, who: string, key: string): Promise<Person> {
  const people = await reader.read<Person>(
    sql`SELECT "id", "name" FROM "user" WHERE "id" = ${who} OR "email_hash" = ${emailHash(key, who)} OR lower("name") = lower(${who}) ORDER BY "id"`,
  );
  const [one, ...others] = people.some(({ id }) => id === who)
    ? people.filter(({ id }) => id === who)
    : people;
  if (one && others.length === 0) return one;
  if (one) {
    const ids = people.map(({ id }) => id).join(', ');
    throw new AppError('conflict', `Several people are called "${who}": name one of the ids ${ids}.`);
  }
  const [known] = await reader.read(
    sql`SELECT "number" FROM "forgotten_person" WHERE "id_hash" = ${keyedHash(key, who)}`,
  );
  if (known) {
    throw new AppError('not_found', `${who} is forgotten already: ${standInOf(Number(known.number)).name}.`);
  }
  const names = await reader.read<Person>(sql`SELECT "id", "name" FROM "user" WHERE "name" IS NOT NULL`);
  const near = nearest(
    who,
    names.map((person) => person.name ?? person.id),
  ).join(', ');
  throw new AppError(
    'not_found',
    `Nobody has the id, name or e-mail "${who}"${near ? `; did you mean ${near}?` : '.'}`,
  );
}

/** Gives the person a number, and keeps the hash by which they are known when they are read again. */
async function remember(writer: Writer, id_hash: string): Promise<StandIn> {
  const [row] = await writer.read<{ number: number }>(
    sql`SELECT COALESCE(max("number"), 0) + 1 AS "number" FROM "forgotten_person"`,
  );
  const number = row?.number ?? 1;
  await writer.put('forgotten_person', [{ id_hash, number }]);
  return standInOf(number);
}

async function hideStored<T extends TableName>(
  writer: Writer,
  table: T,
  id: string,
  standIn: StandIn,
): Promise<number> {
  const columns = personColumns(table);
  if (columns.length === 0) return 0;
  const named = anyOf(columns.map((column) => sql`${name(column)} = ${id}`));
  const rows = await writer.read(sql`SELECT * FROM ${name(table)} WHERE ${named}`);
  const hidden = rows.map((row) => hideIn(table, row as never, (other) => (other === id ? standIn : null)));
  const changed = hidden.filter((row, i) => row !== rows[i]);
  if (changed.length === 0) return 0;
  await writer.remove(table, named);
  await writer.put(table, hidden);
  return changed.length;
}

async function mentionsOf(reader: Reader, person: string | null): Promise<Forgotten['mentions']> {
  const mentions: Forgotten['mentions'] = {};
  if (!person) return mentions;
  for (const [words, { table, column }] of Object.entries(TEXTS)) {
    const [row] = await reader.read<{ count: number }>(
      sql`SELECT count(*) AS "count" FROM ${name(table)} WHERE strpos(lower(${name(column)}), lower(${person})) > 0`,
    );
    if (row && row.count > 0) mentions[words] = row.count;
  }
  return mentions;
}

function anyOf(conditions: readonly Statement[]): Statement {
  return conditions.reduce((all, condition) => sql`${all} OR ${condition}`, sql`FALSE`);
}
