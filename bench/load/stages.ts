import type { Store, Writer } from '../../backend/store/store.ts';

/** Seconds that a store's transactions took, by what they did. */
export interface StageTimes {
  /** Rows put into tables, and rows written. */
  put: number;
  rows: number;
  /** Rows removed, and tables of keys made. */
  remove: number;
  /** Rows read, for what is derived of them above all. */
  read: number;
  /** All of the transactions, waiting for none. */
  whole: number;
  transactions: number;
}

/** A store that measures its transactions. */
export function measured(store: Store): { store: Store; times: StageTimes } {
  const times: StageTimes = { put: 0, rows: 0, remove: 0, read: 0, whole: 0, transactions: 0 };
  const timed = async <T>(stage: 'put' | 'remove' | 'read', work: Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work;
    } finally {
      times[stage] += (performance.now() - began) / 1000;
    }
  };
  const watch = (writer: Writer): Writer => ({
    read: (statement, signal) => timed('read', writer.read(statement, signal)),
    put: (table, rows) => {
      times.rows += rows.length;
      return timed('put', writer.put(table, rows));
    },
    putSeen: (table, rows) => timed('put', writer.putSeen(table, rows)),
    remove: (table, condition) => timed('remove', writer.remove(table, condition)),
    keys: (ids) => timed('remove', writer.keys(ids)),
  });
  const measuring: Store = {
    ...store,
    get version() {
      return store.version;
    },
    transact: (work) =>
      store.transact(async (writer) => {
        const began = performance.now();
        times.transactions += 1;
        try {
          return await work(watch(writer));
        } finally {
          times.whole += (performance.now() - began) / 1000;
        }
      }),
  };
  return { store: measuring, times };
}
