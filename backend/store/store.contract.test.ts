import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowOf } from '../model/index.ts';
import { incident } from '../query/testing/account.ts';
import { instant, name, sql } from '../sql/statement.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';
import { engine } from './testing/engine.ts';

const team = (id: string, label: string, deleted_at: number | null = null): RowOf<'team'> => ({
  id,
  name: label,
  url: null,
  listed: true,
  deleted_at,
});

describe(`a store on ${engine.name}`, () => {
  let url: string;
  let store: Store;
  beforeEach(async () => {
    url = engine.newUrl('kept');
    store = await openStore(url);
  });
  afterEach(() => store.close());

  it('gives back every kind of value as it was put', async () => {
    const at = Date.parse('2026-03-29T01:00:00.123Z');
    const row: RowOf<'harvest_window'> = {
      stream: `o'"; DROP TABLE team; --`,
      start: at,
      end: at + 1,
      state: 'done',
      rows: 9_007_199_254_740_991,
      reason: null,
      done_at: null,
    };
    await store.transact((writer) => writer.put('harvest_window', [row]));
    expect(await store.read(sql`SELECT * FROM ${name('harvest_window')}`)).toEqual([row]);
    expect(
      await store.read(
        sql`SELECT 1 AS "x" FROM ${name('harvest_window')} WHERE ${name('start')} = ${instant(at)}`,
      ),
    ).toEqual([{ x: 1 }]);
  });

  it('replaces a row of the same key, the last of one batch counting', async () => {
    await store.transact((writer) => writer.put('team', [team('A', 'one'), team('B', 'other')]));
    await store.transact((writer) => writer.put('team', [team('A', 'two'), team('A', 'three', 5)]));
    const rows = await store.read(sql`SELECT * FROM ${name('team')} ORDER BY ${name('id')}`);
    expect(rows).toEqual([team('A', 'three', 5), team('B', 'other')]);
  });

  it('keeps nothing of a transaction that throws, and goes on', async () => {
    const before = store.version;
    const failed = store.transact(async (writer) => {
      await writer.put('team', [team('A', 'lost')]);
      throw new Error('in the middle');
    });
    await expect(failed).rejects.toThrow('in the middle');
    expect(await store.read(sql`SELECT * FROM ${name('team')}`)).toEqual([]);
    expect(store.version).toBe(before);
    await store.transact((writer) => writer.put('team', [team('A', 'kept')]));
    expect(store.version).toBeGreaterThan(before);
  });

  it('does not count what was merely seen once more as a change', async () => {
    const at = Date.parse('2026-03-02T00:00:00Z');
    const row = incident('I1', '2026-03-02T00:00:00Z');
    await store.transact((writer) => writer.put('incident', [row]));
    const before = store.version;
    await store.transact((writer) => writer.putSeen('incident', [{ ...row, seen_at: at }]));
    expect(await store.read(sql`SELECT ${name('seen_at')} FROM ${name('incident')}`)).toEqual([
      { seen_at: at },
    ]);
    expect(store.changedSince(before)).toBe(Number.POSITIVE_INFINITY);
    await store.transact((writer) => writer.put('incident', [{ ...row, seen_at: at, title: 'other' }]));
    expect(store.changedSince(before)).toBe(at);
  });

  it('reads inside a transaction what it wrote, and joins with many keys', async () => {
    const names = await store.transact(async (writer) => {
      await writer.put('team', [team('A', 'a'), team('B', 'b'), team('C', 'c')]);
      await writer.remove('team', sql`${name('id')} = ${'B'}`);
      const keys = await writer.keys(['A', 'B', 'A']);
      return writer.read(sql`SELECT t."name" FROM ${name('team')} AS t JOIN ${keys} AS k ON k."id" = t."id"`);
    });
    expect(names).toEqual([{ name: 'a' }]);
  });

  it('runs writers one after the other', async () => {
    const order: string[] = [];
    await Promise.all(
      ['first', 'second', 'third'].map((label) =>
        store.transact(async (writer) => {
          order.push(`${label} begins`);
          await writer.put('team', [team(label, label)]);
          order.push(`${label} ends`);
        }),
      ),
    );
    expect(order).toEqual([
      'first begins',
      'first ends',
      'second begins',
      'second ends',
      'third begins',
      'third ends',
    ]);
  });

  it('cancels the SQL of an aborted question', async () => {
    await store.transact((writer) =>
      writer.put(
        'team',
        Array.from({ length: 20_000 }, (_, i) => team(`T${i}`, 'x')),
      ),
    );
    const endless = sql`SELECT count(*) AS "n" FROM ${name('team')} AS a, ${name('team')} AS b, ${name('team')} AS c WHERE a."id" < b."id" AND b."id" < c."id"`;
    for (const later of [0, 1, 2, 5, 100]) {
      const reads = Array.from({ length: 6 }, () => store.read(endless, AbortSignal.timeout(later)));
      for (const read of await Promise.allSettled(reads)) {
        expect(read).toMatchObject({ status: 'rejected', reason: { name: 'TimeoutError' } });
      }
    }
    expect(await store.read(sql`SELECT count(*) AS "n" FROM ${name('team')}`)).toEqual([{ n: 20_000 }]);
  });

  it('gives many rows out in chunks of one moment, whether or not all are taken', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => team(`T${i}`, 'x', i));
    await store.transact((writer) => writer.put('team', many));
    const all = sql`SELECT "id", "deleted_at" FROM ${name('team')} WHERE "name" = ${'x'}`;
    const taken: unknown[] = [];
    for await (const rows of store.chunks(all)) {
      if (taken.length === 0) await store.transact((writer) => writer.remove('team', sql`TRUE`));
      expect(rows.length).toBeLessThanOrEqual(2048);
      taken.push(...rows.map(({ id, deleted_at }) => `${id} ${deleted_at}`));
    }
    expect(taken.sort()).toEqual(many.map(({ id, deleted_at }) => `${id} ${deleted_at}`).sort());
    await store.transact((writer) => writer.put('team', many));
    for (let i = 0; i < 10; i++) for await (const rows of store.chunks(all)) if (rows.length > 0) break;
    const broken = async () => {
      for await (const rows of store.chunks(sql`SELECT ${name('missing')} FROM ${name('team')}`))
        taken.push(...rows);
    };
    await expect(broken()).rejects.toMatchObject({ code: 'store' });
  });

  it('keeps its rows and notes over a restart', async () => {
    await store.transact(async (writer) => {
      await writer.put('team', [team('A', 'kept')]);
      await writer.put('note', [{ name: 'rules', value: 'old', written_at: null }]);
    });
    await store.close();
    store = await openStore(url);
    expect(await store.read(sql`SELECT ${name('id')} FROM ${name('team')}`)).toEqual([{ id: 'A' }]);
    expect(
      await store.read(sql`SELECT ${name('value')} FROM ${name('note')} WHERE ${name('name')} = 'rules'`),
    ).toEqual([{ value: 'old' }]);
  });

  it('adds a column to a table that has rows, wherever it stands in the model', async () => {
    await store.close();
    await engine.change(url, 'ALTER TABLE "team" DROP COLUMN "name" CASCADE');
    store = await openStore(url);
    await store.transact((writer) => writer.put('team', [team('A', 'named again')]));
    expect(await store.read(sql`SELECT "id", "name" FROM ${name('team')}`)).toEqual([
      { id: 'A', name: 'named again' },
    ]);
  });

  it('refuses a store of a newer version and says what to do', async () => {
    await store.transact((writer) =>
      writer.put('note', [{ name: 'schema', value: '999', written_at: null }]),
    );
    await store.close();
    await expect(openStore(url)).rejects.toThrow(/newer Pagebudget \(schema 999\); start that version/);
    store = await openStore('duckdb::memory:');
  });

  it('names a broken statement as a fault of the store', async () => {
    await expect(store.read(sql`SELECT ${name('missing')} FROM ${name('team')}`)).rejects.toMatchObject({
      code: 'store',
    });
  });
});

it('names the engines for a store of an unknown kind', async () => {
  await expect(openStore('mysql:x')).rejects.toThrow(/No store of the kind "mysql": use duckdb/);
});
