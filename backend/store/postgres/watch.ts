import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { sql } from '../../sql/statement.ts';
import { type Changes, createChanges } from '../changes.ts';
import { run } from './rows.ts';
import type { PostgresTarget } from './target.ts';

/** What a store does beside its questions: it hears of what any process wrote, and cancels statements. */
export interface Watch {
  /** What was heard of the store's versions. */
  changes: Changes;
  /** Cancels what a session is doing. Rejects where that could not be said to the server. */
  cancel(session: number): Promise<void>;
  close(): Promise<void>;
}

/** The channel on which writers tell the schema, its new version, and how far back the transaction reached. */
export const CHANNEL = 'pagebudget';

const RETRY = 1000;

/** Begins to watch, over a connection of its own that is renewed when it breaks; resolves once the version is known. Throws what `pg` throws. */
export async function watch(target: PostgresTarget): Promise<Watch> {
  const closing = new AbortController();
  const changes = createChanges(0);

  const connect = async (): Promise<Client> => {
    const made = new Client(target.client);
    made.on('error', () => undefined);
    made.on('notification', ({ payload = '' }) => {
      const [schema, version, reach = '-Infinity'] = payload.split(' ');
      if (schema === target.schema) changes.add(Number(version), Number(reach));
    });
    try {
      await made.connect();
      await made.query(`LISTEN ${CHANNEL}`);
      const { rows } = await run(made, sql`SELECT "value" FROM "note" WHERE "name" = 'version'`);
      changes.add(Number(rows[0]?.value ?? 0), Number.NEGATIVE_INFINITY);
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
    changes,
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
