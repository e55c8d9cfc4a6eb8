import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { RowOf } from '../../model/index.ts';
import { instant, sql } from '../../sql/statement.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';
import { engine } from '../testing/engine.ts';
import { answerTo, asSuperuser } from '../testing/postgres-admin.ts';
import { startPostgres } from '../testing/postgres-server.ts';

const team = (id: string, label: string): RowOf<'team'> => ({
  id,
  name: label,
  url: null,
  listed: true,
  deleted_at: null,
});

const closing: (() => Promise<unknown>)[] = [];
async function open(url: string): Promise<Store> {
  const store = await openStore(url);
  closing.push(() => store.close());
  return store;
}
let url: string;
beforeEach(() => {
  url = engine.newUrl();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Waits until something holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('It did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const names = (store: Store) => store.read(sql`SELECT "name" FROM "team" ORDER BY "id"`);

describe('two processes with one store on PostgreSQL', () => {
  it('both read; the second writes only once the first has ended, and hears of what the first writes', async () => {
    const first = await openStore(url);
    const second = await open(url);
    await first.transact((writer) => writer.put('team', [team('A', 'one')]));
    expect(await names(second)).toEqual([{ name: 'one' }]);
    await until(() => second.version === first.version);
    expect(await second.claim()).toBe(false);
    await expect(second.transact((writer) => writer.put('team', [team('B', 'two')]))).rejects.toMatchObject({
      code: 'store',
      message: expect.stringMatching(/^Another process writes to the store postgres:.*: stop that one/),
    });
    await first.close();
    expect(await second.claim()).toBe(true);
    await second.transact((writer) => writer.put('team', [team('B', 'two')]));
    expect(await names(second)).toEqual([{ name: 'one' }, { name: 'two' }]);
    expect(second.version).toBe(2);
  });

  it('may start at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const claims = await Promise.all(stores.map((store) => store.claim()));
    expect(claims.filter(Boolean)).toHaveLength(1);
    for (const store of stores) expect(await names(store)).toEqual([]);
  });

  it('change its tables only while none of them writes', async () => {
    await (await openStore(url)).close();
    await engine.change(url, 'ALTER TABLE "page" ADD COLUMN "old" text');
    const old = new Client({ connectionString: inject('postgres') });
    await old.connect();
    const schema = new URL(url).searchParams.get('schema');
    const { rows } = await old.query(
      `SELECT pg_try_advisory_lock(${0x70616701}, hashtext('${schema}')) AS ours`,
    );
    expect(rows).toEqual([{ ours: true }]);
    await expect(openStore(url)).rejects.toThrow(/must be brought up to date, but another process writes/);
    await old.end();
    await until(async () =>
      openStore(url).then(
        (store) => store.close().then(() => true),
        () => false,
      ),
    );
  });

  it('have stores of their own in two schemas of one database', async () => {
    const [one, other] = [await open(url), await open(engine.newUrl())];
    await one.transact((writer) => writer.put('team', [team('A', 'one')]));
    await other.transact((writer) => writer.put('team', [team('A', 'other')]));
    expect([await names(one), await names(other)]).toEqual([[{ name: 'one' }], [{ name: 'other' }]]);
  });
});

describe('a store on PostgreSQL', () => {
  it('goes on after its server was restarted', async () => {
    const server = await startPostgres();
    closing.push(() => server.stop());
    const store = await open(server.url);
    const other = await open(server.url);
    await store.transact((writer) => writer.put('team', [team('A', 'before')]));
    const cut = store.transact(async (writer) => {
      await writer.put('team', [team('B', 'cut off')]);
      await server.restart();
      await writer.put('team', [team('C', 'cut off')]);
    });
    await expect(cut).rejects.toMatchObject({ code: 'store' });
    await until(() =>
      names(store).then(
        () => true,
        () => false,
      ),
    );
    await store.transact((writer) => writer.put('team', [team('D', 'after')]));
    expect(await names(store)).toEqual([{ name: 'before' }, { name: 'after' }]);
    await until(() => other.version === store.version);
    await expect(store.read(sql`SELECT pg_sleep(60)`, AbortSignal.timeout(200))).rejects.toThrow(/abort/i);
  });

  it('is named without its password', async () => {
    expect((await open(url)).name).toMatch(
      /^postgres:\/\/pagebudget@127\.0\.0\.1:\d+\/pagebudget\?schema=test_\w+$/,
    );
  });

  it('counts time in UTC and sorts by bytes, whatever the role and database prefer', async () => {
    await asSuperuser(
      `ALTER ROLE pagebudget SET TimeZone = 'Asia/Kathmandu'`,
      `ALTER ROLE pagebudget SET DateStyle = 'German'`,
    );
    closing.push(() => asSuperuser('ALTER ROLE pagebudget RESET ALL'));
    const store = await open(url);
    const deleted_at = Date.parse('2026-03-29T01:00:00.123Z');
    const rows = ['a', 'B', 'Ä', 'b'].map((id) => ({ ...team(id, id), deleted_at }));
    await store.transact((writer) => writer.put('team', rows));
    const at = sql`"deleted_at" = ${instant(deleted_at)}`;
    expect(await store.read(sql`SELECT "id", "deleted_at" FROM "team" WHERE ${at} ORDER BY "id"`)).toEqual(
      ['B', 'a', 'b', 'Ä'].map((id) => ({ id, deleted_at })),
    );
  });

  it('keeps text that PostgreSQL has no characters for, with signs in their place', async () => {
    const store = await open(url);
    const odd = 'null \0 half \ud83d pair 😀 "quote" \\ {brace}, NULL';
    await store.transact((writer) => writer.put('team', [team('A', odd)]));
    const kept = odd.toWellFormed().replace('\0', '\ufffd');
    expect(await names(store)).toEqual([{ name: kept }]);
    expect(await store.read(sql`SELECT "id" FROM "team" WHERE "name" = ${odd}`)).toEqual([{ id: 'A' }]);
  });

  it('has a new version only where a row really changed', async () => {
    const store = await open(url);
    await store.transact((writer) => writer.put('team', [team('A', 'same')]));
    const { version } = store;
    await store.transact(async (writer) => {
      await writer.put('team', [team('A', 'same')]);
      await writer.remove('team', sql`"id" = ${'missing'}`);
    });
    expect(store.version).toBe(version);
  });

  it('reads many at once in one transaction, each in its turn', async () => {
    const store = await open(url);
    const counts = await store.transact((writer) =>
      Promise.all([1, 2, 3].map((n) => writer.read(sql`SELECT CAST(${n} AS bigint) AS "n"`))),
    );
    expect(counts).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
  });

  it('keeps what other roles may read when its views are made anew, and says when views of others stand in the way', async () => {
    await asSuperuser(`CREATE ROLE "Team's readers" LOGIN PASSWORD 'reader'`);
    await (await openStore(url)).close();
    await engine.change(url, `GRANT SELECT ON "pagebudget_pages" TO "Team's readers", PUBLIC`);
    await engine.change(url, 'ALTER TABLE "page" ADD COLUMN "old" text');
    await (await openStore(url)).close();
    const grants = await answerTo(
      url,
      `SELECT relacl::text FROM pg_class WHERE oid = 'pagebudget_pages'::regclass`,
    );
    expect(grants).toContain(`Team's readers`);
    expect(grants).toContain(',=r/pagebudget');

    await engine.change(url, 'CREATE VIEW "theirs" AS SELECT * FROM "pagebudget_pages"');
    await engine.change(url, 'ALTER TABLE "page" ADD COLUMN "old" text');
    await expect(openStore(url)).rejects.toThrow(
      /cannot drop view pagebudget_pages.*Drop what depends on it/,
    );
  });

  it('refuses a kind of value that reads otherwise on the other engine, and goes on', async () => {
    const store = await open(url);
    await expect(store.read(sql`SELECT now() AS "now"`)).rejects.toThrow(/kind of value that no column has/);
    expect(await store.read(sql`SELECT 1.5 AS "n", count(*) AS "c" FROM "team"`)).toEqual([{ n: 1.5, c: 0 }]);
  });
});
