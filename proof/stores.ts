import { contentOf } from '../backend/harvest/harvest.fixture.ts';
import { openStore } from '../backend/store/open.ts';

/** Two stores beside each other. */
export interface StoreComparison {
  /** Rows of each raw and fact table of the first. */
  rows: Record<string, number>;
  /** Rows that only one of them has, in words. */
  differences: string[];
}

/** Makes an empty store whose key of the e-mail hash is that of all stores made here, as two keys would make two hashes of one address. */
export async function prepareStore(file: string): Promise<void> {
  const store = await openStore(`duckdb:${file}`);
  await store.transact((writer) =>
    writer.put('note', [{ name: 'email_key', value: '5e'.repeat(32), written_at: null }]),
  );
  await store.close();
}

/** Compares every row of every raw and fact table, without the columns that tell when the harvest saw or wrote it. */
export async function compareStores(first: string, second: string): Promise<StoreComparison> {
  const [expected, given] = [await readStore(first), await readStore(second)];
  const differences = Object.entries(expected).flatMap(([table, rows]) => {
    const others = given[table] ?? [];
    return [
      ...missing(rows, others).map((row) => `${table}: only without kills: ${row}`),
      ...missing(others, rows).map((row) => `${table}: only with kills: ${row}`),
    ];
  });
  return {
    rows: Object.fromEntries(Object.entries(expected).map(([table, rows]) => [table, rows.length])),
    differences,
  };
}

async function readStore(file: string): Promise<Record<string, string[]>> {
  const store = await openStore(`duckdb:${file}`);
  const content = await contentOf(store);
  await store.close();
  return content;
}

/** The rows of a list that another lacks; a row that is there twice must be there twice. */
function missing(rows: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}
