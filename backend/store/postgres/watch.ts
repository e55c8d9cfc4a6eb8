import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { sql } from '../../sql/statement.ts';
import { run } from './rows.ts';
import type { PostgresTarget } from './target.ts';

/** What a store does beside its questions: it hears of what any process wrote, and cancels statements. */
export interface Watch {
  /** The store's version, as last heard. */
  version(): number;
  /** Takes note of a version that this process itself has written. */
  heard(version: number): void;
  /** Cancels what a session is doing. Rejects where that could not be said to the server. */
  cancel(session: number): Promise<void>;
  close(): Promise<void>;
}

/** The channel on which writers tell the schema and its new version. */
export const CHANNEL = 'pagebudget';

const RETRY = 1000;

/** Begins to watch, over a connection of its own that is renewed when it breaks; resolves once the version is known. Throws what `pg` throws. */
export async function watch(target: PostgresTarget): Promise<Watch> {
  const closing = new AbortController();
  let version = 0;
  const heard = (latest: number) => {
    version = Math.max(version, latest);
  };

  const connect = async (): Promise<Client> => {
    const made = new Client(target.client);
    made.on('error', () => undefined);
    made.on('notification', ({ payload = '' }) => {
      const [schema, latest] = payload.split(' ');
      if (schema === target.schema) heard(Number(latest));
    });
    try {
      await made.connect();
      await made.query(`LISTEN ${CHANNEL}`);
      const { rows } = await run(made, sql`SELECT "value" FROM "note" WHERE "name" = 'version'`);
      heard(Number(rows[0]?.value ?? 0));
    } catch (error) {
      await made.end();
      throw error;
    }
    made.once('end', () => void renew());
    return made;
  };
  let client = await connect();
  let last: Promise<unknown> = Promise.resolve();

  const renew = async () => {
    while (!closing.signal.aborted) {
      try {
        client = await connect();
        if (closing.signal.aborted) await client.end();
        return;
      } catch {
        await sleep(RETRY, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      }
    }
  };

  return {
    version: () => version,
    heard,
    async cancel(session) {
      const turn = last.then(() => run(client, sql`SELECT pg_cancel_backend(${session})`));
      last = turn.catch(() => undefined);
      await turn;
    },
    async close() {
      closing.abort();
      await client.end();
    },
  };
}
