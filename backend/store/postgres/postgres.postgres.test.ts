import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { RowOf } from '../../model/index.ts';
import { instant, sql } from '../../sql/statement.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';
import { engine } from '../testing/engine.ts';
import { startPostgres } from '../testing/postgres-server.ts';
import { unfit } from './prepare.ts';
import { postgresTarget } from './target.ts';

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

/** Runs statements as the server's superuser. */
async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: inject('postgresSuperuser') });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The one text that a question of the store's own role is answered with. */
async function answerTo(question: string): Promise<string> {
  const client = new Client(postgresTarget(url.replace('postgres:', '')).client);
  await client.connect();
  const { rows } = await client.query({ text: question, rowMode: 'array' });
  await client.end();
  return String(rows[0]?.[0]);
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

describe('trouble with PostgreSQL', () => {
  const password = 'secret word';
  const changed = (change: Partial<Pick<URL, 'username' | 'password' | 'pathname' | 'port'>>) =>
    Object.assign(new URL(url), change).href;
  const CASES: [trouble: string, url: () => string, message: RegExp][] = [
    [
      'a wrong password',
      () => changed({ password: 'wr0ng' }),
      /password authentication failed.*Check the user and the password in PAGEBUDGET_STORE/,
    ],
    [
      'an unknown database',
      () => changed({ pathname: '/nowhere' }),
      /"nowhere" does not exist.*Create the database/,
    ],
    [
      'a server that is not there',
      () => changed({ port: '1' }),
      /ECONNREFUSED.*Check that PostgreSQL runs there/,
    ],
    [
      'a schema name that needs quotes',
      () => `${inject('postgres')}?schema=My schema`,
      /names the schema "My schema": use lower-case/,
    ],
    [
      'a senseless number of readers',
      () => `${url}&readers=many`,
      /readers is a number of connections from 1 to 100/,
    ],
    ['an address that cannot be read', () => 'postgres:localhost', /not an address such as postgres:/],
  ];
  it.each(CASES)(
    'such as %s is said with what to do, and without the password',
    async (_trouble, urlOf, message) => {
      const error: Error = await openStore(urlOf()).then(
        () => new Error('it opened'),
        (thrown) => thrown,
      );
      expect(error.message).toMatch(message);
      for (const secret of [password, encodeURI(password), 'wr0ng']) {
        expect(`${error.stack} ${JSON.stringify(error.cause)} ${error.message}`).not.toContain(secret);
      }
    },
  );

  it('such as a role that may make nothing is said', async () => {
    await asSuperuser(`CREATE ROLE guest LOGIN PASSWORD 'guest'`);
    const guest = changed({ username: 'guest', password: 'guest' });
    await expect(openStore(guest)).rejects.toThrow(/permission denied for database.*CREATE on the database/);
  });

  it('such as a full disk keeps nothing of the transaction, and passes', async () => {
    const store = await open(url);
    const schema = new URL(url).searchParams.get('schema');
    await asSuperuser(
      `CREATE FUNCTION ${schema}.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
      `CREATE TRIGGER full_disk BEFORE INSERT ON ${schema}.service_team EXECUTE FUNCTION ${schema}.full_disk()`,
    );
    const both = () =>
      store.transact(async (writer) => {
        await writer.put('team', [team('A', 'kept')]);
        await writer.put('service_team', [{ service_id: 'S', team_id: 'A' }]);
      });
    await expect(both()).rejects.toThrow(
      /No space left on device\. Make room on its disk; the harvest goes on/,
    );
    expect(await names(store)).toEqual([]);
    await asSuperuser(`DROP TRIGGER full_disk ON ${schema}.service_team`);
    await both();
    expect(await names(store)).toEqual([{ name: 'kept' }]);
  });

  it('such as an old server or one that does not keep Unicode is told', () => {
    expect(unfit(130_014, 'UTF8')).toBe('is PostgreSQL 13; Pagebudget needs 14 or newer.');
    expect(unfit(150_018, 'SQL_ASCII')).toMatch(
      /keeps text in SQL_ASCII: make the database with ENCODING 'UTF8'/,
    );
    expect(unfit(150_018, 'UTF8')).toBeNull();
  });
});
