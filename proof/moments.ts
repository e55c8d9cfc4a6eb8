import type { Place } from './inspector.ts';

/** A moment at which a harvest may be killed. */
export interface Moment {
  words: string;
  place: Omit<Place, 'hits'>;
  /** Least and most times that the place is reached before the process is held there; the seed chooses. */
  hits: readonly [least: number, most: number];
  /** Most milliseconds that the process runs on before it is killed; the seed chooses. */
  runsOn: number;
}

/** The moments that a kill must be proved at. */
export const MOMENTS = {
  transaction: {
    words: 'in the middle of a transaction',
    place: {
      file: 'backend/store/duckdb/writer.ts',
      statement: 'await execute(connection, sql`INSERT INTO ${table}',
      when: 'rows.length > 0',
      tell: '`old rows of ${table.parts[0]} removed, the ${rows.length} that replace them not yet there`',
    },
    hits: [1, 40],
    runsOn: 0,
  },
  windows: {
    words: 'between two windows',
    place: {
      file: 'backend/harvest/backfill.ts',
      statement: 'const window = nextWindow(',
      when: '[...ledger.windows.values()].some((one) => one.state === "waiting")',
      tell: '`${[...ledger.windows.values()].filter((one) => one.state === "waiting").length} windows left`',
    },
    hits: [2, 2],
    runsOn: 0,
  },
  facts: {
    words: 'while facts are derived',
    place: {
      file: 'backend/harvest/derive-incidents.ts',
      statement: 'for (const fact of facts) fact.woke =',
      when: 'pages.length > 0 && facts.length > 0',
      tell: '`${pages.length} pages written, the facts of ${facts.length} incidents not`',
    },
    hits: [1, 2],
    runsOn: 0,
  },
  commit: {
    words: 'while a commit is written',
    place: {
      file: 'backend/store/duckdb/duckdb.ts',
      statement: 'await execute(writing, sql`COMMIT`)',
      when: 'changed()',
      tell: '`all written, about to commit`',
    },
    hits: [1, 6],
    runsOn: 12,
  },
} as const satisfies Record<string, Moment>;

/** The name of a moment. */
export type MomentName = keyof typeof MOMENTS;
