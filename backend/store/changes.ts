import type { TableName } from '../model/index.ts';
import { tableOf } from './schema.ts';
import type { Row } from './store.ts';

/** Remembers how far back each transaction reached, for the latest of them. */
export interface Changes {
  /** The store's version after the last transaction. */
  version(): number;
  /** Takes note of a transaction by the version after it; one that does not follow on the last reaches back to anything. */
  add(version: number, reach: number): void;
  /** The earliest instant about which a row may have changed since a version; Infinity where none did. */
  since(version: number): number;
}

const REMEMBERED = 500;

/** Begins with a store at a version. */
export function createChanges(begun: number): Changes {
  let version = begun;
  let reaches: number[] = [];
  return {
    version: () => version,
    add(next, reach) {
      if (next <= version) return;
      reaches = next === version + 1 ? [...reaches, reach].slice(-REMEMBERED) : [];
      version = next;
    },
    since(before) {
      const missed = version - before;
      if (missed > reaches.length) return Number.NEGATIVE_INFINITY;
      return reaches
        .slice(reaches.length - missed)
        .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    },
  };
}

/** The earliest instant that rows of a table (any of it where none are given) tell about: Infinity for what the harvest tells of itself, and for rows that are written with their incident. */
export function reachOf(table: TableName, rows?: readonly Row[]): number {
  const { kind, span, along } = tableOf(table);
  if (kind === 'harvest' || along) return Number.POSITIVE_INFINITY;
  if (!span || !rows) return Number.NEGATIVE_INFINITY;
  return rows.reduce((earliest, row) => Math.min(earliest, Number(row[span])), Number.POSITIVE_INFINITY);
}
