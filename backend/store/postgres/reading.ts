import { Pool, type PoolClient } from 'pg';
import { createSeats } from '../../seats.ts';
import { type Statement, sql, whole } from '../../sql/statement.ts';
import { stopOnAbort } from '../stop-on-abort.ts';
import type { Row, Store } from '../store.ts';
import { postgresError } from './errors.ts';
import { run } from './rows.ts';
import type { PostgresTarget } from './target.ts';

/** The connections over which a process asks a PostgreSQL store. */
export type Reading = Pick<Store, 'read' | 'chunks' | 'close'>;

/** How long a connection that nobody uses is kept, milliseconds. */
const IDLE = 300_000;

const CHUNK = 2000;

/** Reads over as many connections as the target says; `cancel` stops what a session does. */
export function createReading(target: PostgresTarget, cancel: (session: number) => Promise<void>): Reading {
  const pool = new Pool({ ...target.client, max: target.readers, idleTimeoutMillis: IDLE });
  pool.on('error', () => undefined);

  const seats = createSeats(target.readers);

  /** A connection; the pool itself would give up on those who wait long for one. */
  const take = async (signal?: AbortSignal): Promise<PoolClient> => {
    await seats.take(signal);
    try {
      return await pool.connect();
    } catch (error) {
      seats.give();
      throw postgresError(error, target.name);
    }
  };
  const give = (client: PoolClient, broken: boolean) => {
    client.release(broken);
    seats.give();
  };

  return {
    async read<R extends Row>(statement: Statement, signal?: AbortSignal) {
      signal?.throwIfAborted();
      const client = await take(signal);
      const stopping = stopOnAbort(signal, () => void cancel(sessionOf(client)).catch(() => client.end()));
      try {
        signal?.throwIfAborted();
        return (await run<R>(client, statement)).rows;
      } catch (error) {
        signal?.throwIfAborted();
        throw postgresError(error, target.name);
      } finally {
        stopping.end();
        give(client, stopping.stopped());
      }
    },
    async *chunks(statement) {
      const client = await take();
      let done = false;
      try {
        yield* readChunks(client, statement);
        done = true;
      } catch (error) {
        throw postgresError(error, target.name);
      } finally {
        give(client, !done);
      }
    },
    close: () => pool.end(),
  };
}

async function* readChunks(client: PoolClient, statement: Statement): AsyncGenerator<Row[]> {
  await client.query('BEGIN READ ONLY');
  await run(client, sql`DECLARE "chunks" CURSOR FOR ${statement}`);
  for (;;) {
    const { rows } = await run(client, sql`FETCH ${whole(CHUNK)} FROM "chunks"`);
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('COMMIT');
}

function sessionOf(client: PoolClient): number {
  return (client as PoolClient & { processID: number }).processID;
}
