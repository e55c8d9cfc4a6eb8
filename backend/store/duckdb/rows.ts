import type { DuckDBConnection, DuckDBValue, JS } from '@duckdb/node-api';
import { AppError } from '../../errors.ts';
import { type Statement, textOf, type Value } from '../../sql/statement.ts';
import type { Row } from '../store.ts';
import { storeError } from './failure.ts';

/** Runs a statement whose rows nobody wants and tells how many it changed. Throws AppError `store`. */
export async function execute(connection: DuckDBConnection, statement: Statement): Promise<number> {
  try {
    const { rowsChanged } = await connection.run(textOf(statement), [...statement.values] as DuckDBValue[]);
    return rowsChanged;
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
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const result = await connection.run(textOf(statement), [...statement.values] as DuckDBValue[]);
    return rowsOf(result.columnNames(), await result.getRowsJS()) as R[];
  } catch (error) {
    signal?.throwIfAborted();
    throw storeError(error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Runs a SELECT and gives its rows out as the engine makes them. Throws AppError `store`. */
export async function* readChunks(connection: DuckDBConnection, statement: Statement): AsyncGenerator<Row[]> {
  try {
    const result = await connection.stream(textOf(statement), [...statement.values] as DuckDBValue[]);
    for await (const rows of result.yieldRowsJs()) yield rowsOf(result.columnNames(), rows);
  } catch (error) {
    throw storeError(error);
  }
}

function rowsOf(names: readonly string[], rows: readonly JS[][]): Row[] {
  return rows.map((cells) => {
    const row: Row = {};
    for (const [i, name] of names.entries()) row[name] = cellOf(cells[i] ?? null);
    return row;
  });
}

function cellOf(cell: JS): Value {
  if (cell === null || typeof cell === 'string' || typeof cell === 'boolean' || typeof cell === 'number')
    return cell;
  if (typeof cell === 'bigint') return Number(cell);
  if (cell instanceof Date) return cell.getTime();
  throw new AppError('store', 'The store answered with a kind of value that no column has.');
}
