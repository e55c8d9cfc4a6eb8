import type { RowOf, TableName } from '../model/index.ts';
import type { Statement, Value } from '../sql/statement.ts';

/** A row of an answer; instants are epoch milliseconds, whole numbers are numbers. */
export type Row = Record<string, Value>;

/** Something that answers a SELECT. */
export interface Reader {
  /**
   * Rows in the statement's order; aborting `signal` cancels the SQL itself. `end` promises that the statement tells of
   * nothing at or after an instant, so that its rows may be kept while later ones arrive. Throws AppError `store`.
   */
  read<R extends Row = Row>(statement: Statement, signal?: AbortSignal, end?: number): Promise<R[]>;
}

/** What one transaction may do; all of it is kept or nothing. */
export interface Writer extends Reader {
  /** Inserts rows, replacing those of the same key; of one key twice in `rows` the last one counts. */
  put<T extends TableName>(table: T, rows: readonly RowOf<T>[]): Promise<void>;
  /** The same for rows that differ from those stored only in columns of when they were seen: no answer changes by it. */
  putSeen<T extends TableName>(table: T, rows: readonly RowOf<T>[]): Promise<void>;
  /** Deletes the rows of `table` for which `condition` holds. */
  remove(table: TableName, condition: Statement): Promise<void>;
  /** Makes a temporary table of this transaction from texts (`id`), for joins with many keys, and names it. */
  keys(ids: Iterable<string>): Promise<Statement>;
}

/** One account's data on one engine. */
export interface Store extends Reader {
  /** The engine's name, for messages and logs. */
  readonly engine: string;
  /** Where the store is, for messages and logs: never with a password. */
  readonly name: string;
  /** Grows with each transaction that changed something, of whatever process; answers of one version are repeatable. */
  readonly version: number;
  /** The earliest instant about which a row may have changed since a version; Infinity where none did. What the harvest notes of itself does not count. */
  changedSince(version: number): number;
  /** Takes the right to write, which one process has until it ends or closes the store; false while another has it. */
  claim(): Promise<boolean>;
  /** Answers a SELECT a few thousand rows at a time, all of one moment, in bounded memory. Throws AppError `store`. */
  chunks(statement: Statement): AsyncIterable<Row[]>;
  /** Runs `work` alone among writers; commits when it resolves, rolls back when it throws; where it found no memory it is run once more from the beginning. Throws AppError `store`, also while another process has the right to write. */
  transact<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  /** Bytes that the store takes on disk; null where it is kept in memory. */
  bytes(): Promise<number | null>;
  /** Writes all that the store holds at one moment into new files, `path` the first of them, while writers wait; `look` reads the same moment. Throws AppError `store`, or `config` where the engine is backed up by other means. */
  copyTo<T>(path: string, look: (reader: Reader) => Promise<T>): Promise<T>;
  /** Waits for work under way and lets the file or server go. */
  close(): Promise<void>;
}
