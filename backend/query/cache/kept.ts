import type { Row } from '../../store/store.ts';

/** Rows as they were at a version of the store. */
export interface Entry {
  version: number;
  rows: readonly Row[];
}

/** Answers by key within a bound of bytes; those that nobody asked for longest go first. */
export interface Kept {
  get(key: string): Entry | undefined;
  set(key: string, entry: Entry): void;
  /** About how many bytes all of it takes. */
  bytes(): number;
}

/** An answer larger than this share of the bound is not kept, as it would put out too many others. */
const LARGEST_SHARE = 1 / 4;

/** Begins with nothing; `most` bytes, about, are never passed. */
export function createKept(most: number): Kept {
  const entries = new Map<string, Entry & { bytes: number }>();
  let total = 0;
  const drop = (key: string) => {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  return {
    bytes: () => total,
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    set(key, entry) {
      drop(key);
      const bytes = key.length * 2 + sizeOf(entry.rows);
      if (bytes > most * LARGEST_SHARE) return;
      entries.set(key, { ...entry, bytes });
      total += bytes;
      for (const [oldest] of entries) {
        if (total <= most) break;
        drop(oldest);
      }
    },
  };
}

const OF_ROW = 64;
const OF_CELL = 16;

/** About how many bytes rows take. */
function sizeOf(rows: readonly Row[]): number {
  return rows.reduce(
    (sum, row) =>
      Object.values(row).reduce<number>(
        (bytes, cell) => bytes + OF_CELL + (typeof cell === 'string' ? cell.length * 2 : 0),
        sum + OF_ROW,
      ),
    0,
  );
}
