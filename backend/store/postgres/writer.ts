import type { ClientBase } from 'pg';
import type { TableName } from '../../model/index.ts';
import type { ColumnType, Table } from '../../model/table.ts';
import { column, join, name, type Statement, sql, type Value, whole } from '../../sql/statement.ts';
import { columnsOf, lastOfEachKey } from '../batch.ts';
import { reachOf } from '../changes.ts';
import { tableOf } from '../schema.ts';
import type { Row, Writer } from '../store.ts';
import { POSTGRES_LAYOUT } from './layout.ts';
import { run, storable } from './rows.ts';

/** One transaction's writer; `changed` tells whether it changed any row, `reach` about what instant at the earliest. */
export interface PostgresWriter {
  writer: Writer;
  changed: () => boolean;
  reach: () => number;
}

const ROWS_AT_ONCE = 2000;

/** Makes the writer of one transaction; its statements run one after the other, and `inWords` turns what they throw into AppErrors. */
export function createPostgresWriter(
  client: ClientBase,
  inWords: <T>(work: Promise<T>) => Promise<T>,
): PostgresWriter {
  let last: Promise<unknown> = Promise.resolve();
  let changes = 0;
  let made = 0;
  let reach = Number.POSITIVE_INFINITY;

  const inTurn = <R extends Row>(statement: Statement) => {
    const turn = inWords(last.then(() => run<R>(client, statement)));
    last = turn.catch(() => undefined);
    return turn;
  };
  const change = async (statement: Statement, earliest: number) => {
    const { changed } = await inTurn(statement);
    changes += changed;
    if (changed > 0) reach = Math.min(reach, earliest);
  };

  const writer: Writer = {
    async read<R extends Row>(statement: Statement, signal?: AbortSignal) {
      signal?.throwIfAborted();
      return (await inTurn<R>(statement)).rows;
    },
    async put(table, rows) {
      for (const batch of batches(table, rows)) await change(upsert(table, batch), reachOf(table, batch));
    },
    async putSeen(table, rows) {
      for (const batch of batches(table, rows)) await inTurn(upsert(table, batch));
    },
    async remove(table, condition) {
      await change(sql`DELETE FROM ${name(table)} WHERE ${condition}`, reachOf(table));
    },
    async keys(ids) {
      const table = name(`temporary_${made++}`);
      const { text } = POSTGRES_LAYOUT.types;
      await inTurn(sql`CREATE TEMP TABLE ${table} ("id" ${text}) ON COMMIT DROP`);
      const list = JSON.stringify([...new Set(ids)].map(storable));
      await inTurn(sql`INSERT INTO ${table} SELECT json_array_elements_text(CAST(${list} AS json))`);
      await inTurn(sql`ANALYZE ${table}`);
      return table;
    },
  };
  return { writer, changed: () => changes > 0, reach: () => reach };
}

function batches(table: TableName, rows: readonly Row[]): Row[][] {
  const latest = lastOfEachKey(tableOf(table), rows);
  const count = Math.ceil(latest.length / ROWS_AT_ONCE);
  return Array.from({ length: count }, (_, n) => latest.slice(n * ROWS_AT_ONCE, (n + 1) * ROWS_AT_ONCE));
}

/** One statement for a batch, sent as one JSON text; a row that is there as it is stays untouched. */
function upsert(table: TableName, rows: readonly Row[]): Statement {
  const model = tableOf(table);
  const names = Object.keys(model.columns);
  const others = names.filter((column) => !model.key.includes(column));
  const list = (alias: string) =>
    join(
      others.map((other) => column(alias, other)),
      ', ',
    );
  const conflict =
    others.length === 0
      ? sql`NOTHING`
      : sql`UPDATE SET ${join(
          others.map((other) => sql`${name(other)} = ${column('excluded', other)}`),
          ', ',
        )} WHERE (${list('t')}) IS DISTINCT FROM (${list('excluded')})`;
  const definitions = names.map(
    (_, index) => sql`"c${whole(index)}" ${POSTGRES_LAYOUT.types[typeOf(model, index)]}`,
  );
  const json = JSON.stringify(rows.map((row) => jsonRow(model, row)));
  const source = sql`json_to_recordset(CAST(${json} AS json)) AS "r"(${join(definitions, ', ')})`;
  const key = join(model.key.map(name), ', ');
  return sql`INSERT INTO ${name(table)} AS "t" (${columnsOf(model)}) SELECT * FROM ${source} ON CONFLICT (${key}) DO ${conflict}`;
}

function typeOf(model: Table, index: number): ColumnType {
  return Object.values(model.columns)[index]?.type ?? 'text';
}

function jsonRow(model: Table, row: Row): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(model.columns).map(([column, { type }], index) => {
      const value = row[column] ?? null;
      return [`c${index}`, value === null ? null : AS_JSON[type](value)];
    }),
  );
}

const AS_JSON = {
  text: (value) => storable(String(value)),
  whole: (value) => Math.round(Number(value)),
  number: Number,
  boolean: Boolean,
  time: (value) => new Date(Math.round(Number(value))).toISOString(),
} as const satisfies Record<ColumnType, (value: Value) => Value>;
