import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { RowOf } from '../../model/index.ts';
import { sql } from '../../sql/statement.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';
import { engine } from '../testing/engine.ts';
import { asSuperuser } from '../testing/postgres-admin.ts';
import { unfit } from './prepare.ts';

const team: RowOf<'team'> = { id: 'A', name: 'kept', url: null, listed: true, deleted_at: null };

const names = (store: Store) => store.read(sql`SELECT "name" FROM "team" ORDER BY "id"`);

let url: string;
beforeEach(() => {
  url = engine.newUrl();
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
    const store = await openStore(url);
    onTestFinished(() => store.close());
    const schema = new URL(url).searchParams.get('schema');
    await asSuperuser(
      `CREATE FUNCTION ${schema}.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
      `CREATE TRIGGER full_disk BEFORE INSERT ON ${schema}.service_team EXECUTE FUNCTION ${schema}.full_disk()`,
    );
    const both = () =>
      store.transact(async (writer) => {
        await writer.put('team', [team]);
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
