import { expect, it } from 'vitest';
import { fill } from '../../backend/query/testing/rows.ts';
import { openStore } from '../../backend/store/open.ts';
import { fuzz } from './fuzz.ts';

it('10,000 random queries crash nothing, are answered with no 5xx and within bounds, and bring no SQL of their own', async () => {
  const store = await openStore('duckdb::memory:');
  await fill(store);
  const { asked, answered, faults } = await fuzz(store, 10_000, 7);
  await store.close();
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThanOrEqual(10_000);
  expect(answered).toBeGreaterThan(2000);
}, 120_000);
