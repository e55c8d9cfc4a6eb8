import { type DuckDBAppender, type DuckDBConnection, DuckDBTimestampValue } from '@duckdb/node-api';
import type { TableName } from '../../model/index.ts';
import type { ColumnType, Table } from '../../model/table.ts';
import { all, column, instant, name, type Statement, sql, type Value } from '../../sql/statement.ts';
import { columnsOf, lastOfEachKey } from '../batch.ts';
import { reachOf } from '../changes.ts';
import { tableOf } from '../schema.ts';
import type { Row, Writer } from '../store.ts';
import { execute, readRows } from './rows.ts';

/** One transaction's writer; `finish` drops its temporary tables, `changed` tells whether it wrote, `reach` about what instant at the earliest. */
export interface DuckdbWriter {
  writer: Writer;
  finish: () => Promise<void>;
  changed: () => boolean;
  reach: () => number;
}

/** Makes the writer of one transaction; rows pass through a temporary table, as keys and indexes slow DuckDB's loading twelvefold. */
export function createDuckdbWriter(connection: DuckDBConnection): DuckdbWriter {
  const keyTables: Statement[] = [];
  let made = 0;
  let changed = false;
  let reach = Number.POSITIVE_INFINITY;

  const temporary = async (definition: (table: Statement) => Statement) => {
    const identifier = `temporary_${made++}`;
    await execute(connection, definition(name(identifier)));
    return identifier;
  };

  const replace = async (model: Table, table: Statement, staged: Statement, rows: readonly Row[]) => {
    const columns = columnsOf(model);
    await execute(
      connection,
      sql`DELETE FROM ${table} AS "t" USING ${staged} AS "s" WHERE ${sameKey(model, rows)}`,
    );
    await execute(connection, sql`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${staged}`);
    await execute(connection, sql`DROP TABLE ${staged}`);
  };

  const write = async (table: TableName, rows: readonly Row[]) => {
    const model = tableOf(table);
    const latest = lastOfEachKey(model, rows);
    const staged = await temporary(
      (staging) =>
        sql`CREATE TEMP TABLE ${staging} AS SELECT ${columnsOf(model)} FROM ${name(table)} LIMIT 0`,
    );
    await append(connection, staged, Object.entries(model.columns), latest);
    await replace(model, name(table), name(staged), latest);
    return latest;
  };

  const writer: Writer = {
    read: <R extends Row>(statement: Statement, signal?: AbortSignal) =>
      readRows<R>(connection, statement, signal),
    async put(table, rows) {
      if (rows.length === 0) return;
      changed = true;
      reach = Math.min(reach, reachOf(table, await write(table, rows)));
    },
    async putSeen(table, rows) {
      if (rows.length > 0) await write(table, rows);
    },
    async remove(table, condition) {
      const removed = await execute(connection, sql`DELETE FROM ${name(table)} WHERE ${condition}`);
      if (removed === 0) return;
      changed = true;
      reach = Math.min(reach, reachOf(table));
    },
    async keys(ids) {
      const identifier = await temporary((table) => sql`CREATE TEMP TABLE ${table} ("id" text)`);
      keyTables.push(name(identifier));
      const rows = [...new Set(ids)].map((id) => ({ id }));
      await append(connection, identifier, [['id', { type: 'text' }]], rows);
      return name(identifier);
    },
  };

  return {
    writer,
    changed: () => changed,
    reach: () => reach,
    finish: async () => {
      for (const table of keyTables) await execute(connection, sql`DROP TABLE ${table}`);
    },
  };
}

function sameKey(model: Table, rows: readonly Row[]): Statement {
  const keys = model.key.map((part) => sql`${column('t', part)} = ${column('s', part)}`);
  const span = model.span;
  if (!span) return all(keys);
  const times = rows.map((row) => Number(row[span]));
  const from = instant(times.reduce((a, b) => Math.min(a, b)));
  const to = instant(times.reduce((a, b) => Math.max(a, b)));
  return all([...keys, sql`${column('t', span)} BETWEEN ${from} AND ${to}`]);
}

async function append(
  connection: DuckDBConnection,
  table: string,
  columns: [string, { type: ColumnType }][],
  rows: readonly Row[],
): Promise<void> {
  const appender = await connection.createAppender(table, null, 'temp');
  for (const row of rows) {
    for (const [column, { type }] of columns) appendCell(appender, type, row[column] ?? null);
    appender.endRow();
  }
  appender.closeSync();
}

const APPEND = {
  text: (appender, value) => appender.appendVarchar(String(value)),
  whole: (appender, value) => appender.appendBigInt(BigInt(Math.round(Number(value)))),
  number: (appender, value) => appender.appendDouble(Number(value)),
  boolean: (appender, value) => appender.appendBoolean(Boolean(value)),
  time: (appender, value) =>
    appender.appendTimestamp(new DuckDBTimestampValue(BigInt(Math.round(Number(value))) * 1000n)),
} as const satisfies Record<ColumnType, (appender: DuckDBAppender, value: Value) => void>;

function appendCell(appender: DuckDBAppender, type: ColumnType, value: Value): void {
  if (value === null) appender.appendNull();
  else APPEND[type](appender, value);
}
