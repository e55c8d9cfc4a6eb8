import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBDecimalValue,
  type DuckDBMaterializedResult,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { AppError } from '../../errors.ts';
import { type Statement, textOf, type Value } from '../../sql/statement.ts';
import { stopOnAbort } from '../stop-on-abort.ts';
import type { Row } from '../store.ts';
import { storeError } from './failure.ts';

/** Runs a statement whose rows nobody wants and tells how many it changed. Throws AppError `store`. */
export async function execute(connection: DuckDBConnection, statement: Statement): Promise<number> {
  try {
    return (await run(connection, statement)).rowsChanged;
  } catch (error) {
    throw storeError(error);
  }
}

/** Runs a SELECT; aborting `signal` interrupts it. Throws AppError `store`, or the signal's reason. */
export async function readRows<R extends Row>(
  connection: DuckDBConnection,
  statement: Statement,
  signal?: AbortSignal,
): Promise<R[]> {
  signal?.throwIfAborted();
  const stopping = stopOnAbort(signal, () => connection.interrupt());
  try {
    const result = await run(connection, statement);
    const names = result.columnNames();
    const rows: Row[] = [];
    for (let n = 0; n < result.chunkCount; n++) rows.push(...rowsOf(names, result.getChunk(n)));
    return rows as R[];
  } catch (error) {
    signal?.throwIfAborted();
    throw storeError(error);
  } finally {
    stopping.end();
  }
}

/** Runs a SELECT and gives its rows out as the engine makes them. Throws AppError `store`. */
export async function* readChunks(connection: DuckDBConnection, statement: Statement): AsyncGenerator<Row[]> {
  try {
    const result = await connection.stream(textOf(statement), [...statement.values] as DuckDBValue[]);
    const names = result.columnNames();
    for await (const chunk of result) yield rowsOf(names, chunk);
  } catch (error) {
    throw storeError(error);
  }
}

/** Runs a statement with as few waits for the client's threads as it takes: one where nothing is bound. */
async function run(connection: DuckDBConnection, statement: Statement): Promise<DuckDBMaterializedResult> {
  if (statement.values.length === 0) return connection.run(textOf(statement));
  const prepared = await connection.prepare(textOf(statement));
  try {
    prepared.bind([...statement.values]);
    return await prepared.run();
  } finally {
    prepared.destroySync();
  }
}

/** Read column by column, which takes half the time of the client's own reading row by row. */
function rowsOf(names: readonly string[], chunk: DuckDBDataChunk): Row[] {
  const rows = Array.from({ length: chunk.rowCount }, (): Row => ({}));
  for (const [index, name] of names.entries()) {
    const vector = chunk.getColumnVector(index);
    for (const [at, row] of rows.entries()) row[name] = cellOf(vector.getItem(at));
  }
  return rows;
}

function cellOf(cell: DuckDBValue): Value {
  if (cell === null || typeof cell === 'string' || typeof cell === 'boolean' || typeof cell === 'number')
    return cell;
  if (typeof cell === 'bigint') return Number(cell);
  if (cell instanceof DuckDBTimestampValue) return Number(cell.micros / 1000n);
  if (cell instanceof DuckDBDecimalValue) return cell.toDouble();
  throw new AppError('store', 'The store answered with a kind of value that no column has.');
}
