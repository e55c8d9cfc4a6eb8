import { DAY } from '../../clock.ts';
import { TABLES } from '../../model/index.ts';
import type { Table } from '../../model/table.ts';
import { textOf } from '../../sql/statement.ts';
import type { Reader, Row, Store } from '../../store/store.ts';
import { type Flight, takeOff } from './flight.ts';
import { createKept } from './kept.ts';

/** Bytes that answers may take, about. */
const MOST_BYTES = 32 * 2 ** 20;

/** Rows may tell of what is a little older than they are, as a page of an incident that is opened in the same moment. */
const EARLIER = DAY;

/** What the harvest notes of itself changes with every transaction: statements that read it hold for one version. */
const OF_HARVEST = naming(({ kind }) => kind === 'harvest');

/** Statements that read none of the rows that have a time, or come with one that has, hold while only such rows come. */
const OF_TIMES = naming(({ span, along }) => span !== undefined || along !== undefined);

/** Earlier than anything that has a time. */
const TIMELESS = Number.MIN_SAFE_INTEGER;

function naming(chosen: (table: Table) => boolean): RegExp {
  const tables = Object.entries<Table>(TABLES).filter(([, table]) => chosen(table));
  return new RegExp(tables.map(([table]) => `"${table}"`).join('|'));
}

/**
 * Reads through a store and keeps its answers: the same statement is asked once for all who want it at a time, and again
 * only when rows that it tells of may have changed. What a viewer may see of the rows is decided after it.
 */
export function cached(store: Pick<Store, 'read' | 'version' | 'changedSince'>, most = MOST_BYTES): Reader {
  const kept = createKept(most);
  const flights = new Map<string, { version: number; flight: Flight<readonly Row[]> }>();

  const holds = (version: number, text: string, end: number) =>
    version === store.version ||
    (!OF_HARVEST.test(text) &&
      store.changedSince(version) - EARLIER >= (OF_TIMES.test(text) ? end : TIMELESS));

  return {
    async read<R extends Row>(
      statement: Parameters<Reader['read']>[0],
      signal?: AbortSignal,
      end = Number.POSITIVE_INFINITY,
    ) {
      signal?.throwIfAborted();
      const text = textOf(statement);
      const key = JSON.stringify([text, ...statement.values]);
      const known = kept.get(key);
      if (known && holds(known.version, text, end)) return known.rows as R[];
      const under = flights.get(key);
      if (under && !under.flight.calledOff && holds(under.version, text, end))
        return (await under.flight.join(signal)) as R[];
      const { version } = store;
      const flight = takeOff(async (all) => {
        try {
          const rows = frozen(await store.read(statement, all));
          if ((kept.get(key)?.version ?? version) <= version) kept.set(key, { version, rows });
          return rows;
        } finally {
          if (flights.get(key)?.flight === flight) flights.delete(key);
        }
      });
      flights.set(key, { version, flight });
      return (await flight.join(signal)) as R[];
    },
  };
}

/** Many get the same rows: nobody may change them. */
function frozen(rows: readonly Row[]): readonly Row[] {
  for (const row of rows) Object.freeze(row);
  return Object.freeze(rows);
}
