import { DuckDBInstance } from '@duckdb/node-api';
import { TABLES } from '../backend/model/index.ts';
import { openStore } from '../backend/store/open.ts';

/** Two stores beside each other. */
export interface StoreComparison {
  /** Rows of each raw and fact table of the first. */
  rows: Record<string, number>;
  /** How many rows only one of them has. */
  differing: number;
  /** Some of these of each table, in words. */
  differences: string[];
}

const SHOWN = 5;

/** Makes an empty store whose key of the e-mail hash is that of all stores made here, as two keys would make two hashes of one address. */
export async function prepareStore(file: string): Promise<void> {
  const store = await openStore(`duckdb:${file}`);
  await store.transact((writer) =>
    writer.put('note', [{ name: 'email_key', value: '5e'.repeat(32), written_at: null }]),
  );
  await store.close();
}

/** Tables that date to when it was seen what PagerDuty does not tell the time of: that somebody else is on call than was said before. */
const DATED_WHEN_SEEN: readonly string[] = ['on_call', 'shift'];

/**
 * Compares every row of every raw and fact table of two files that nobody has open, without the columns that tell when
 * the harvest saw or wrote it; a row that is there twice must be there twice. Harvests that ran while the account's time went on saw changes of duty at other
 * moments of a minute: with `lively`, on-call time is compared to the minute.
 */
export async function compareStores(
  first: string,
  second: string,
  { lively = false } = {},
): Promise<StoreComparison> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GB', threads: '2' });
  const connection = await instance.connect();
  const outcome: StoreComparison = { rows: {}, differing: 0, differences: [] };
  const read = async (text: string) => (await connection.run(text)).getRowsJS();
  try {
    await read(`ATTACH '${first}' AS "first" (READ_ONLY)`);
    await read(`ATTACH '${second}' AS "second" (READ_ONLY)`);
    for (const [table, columns] of comparedTables(lively)) {
      const [[count] = []] = await read(`SELECT count(*) FROM "first"."${table}"`);
      outcome.rows[table] = Number(count);
      for (const [one, other] of [
        ['first', 'second'],
        ['second', 'first'],
      ]) {
        const lacking = `SELECT ${columns} FROM "${one}"."${table}" EXCEPT ALL SELECT ${columns} FROM "${other}"."${table}"`;
        const rows = await read(
          `SELECT to_json("r")::text, count(*) OVER () FROM (${lacking}) AS "r" LIMIT ${SHOWN}`,
        );
        outcome.differing += Number(rows[0]?.[1] ?? 0);
        outcome.differences.push(...rows.map(([row]) => `${table}: only in the ${one}: ${String(row)}`));
      }
    }
    return outcome;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function comparedTables(lively: boolean): [table: string, columns: string][] {
  return Object.entries(TABLES).flatMap(([table, { kind, key, columns }]): [string, string][] => {
    const toTheMinute = lively && DATED_WHEN_SEEN.includes(table);
    const compared = Object.entries(columns).flatMap(([column, { type, ...about }]) => {
      if ('seen' in about || (toTheMinute && key.join() === column)) return [];
      return [toTheMinute && type === 'time' ? `date_trunc('minute', "${column}")` : `"${column}"`];
    });
    return kind === 'harvest' ? [] : [[table, compared.join(', ')]];
  });
}
