import { Pool, type PoolClient } from 'pg';
import { type Statement, sql, whole } from '../../sql/statement.ts';
import type { Row, Store } from '../store.ts';
import { postgresError } from './errors.ts';
import { preparePostgres } from './prepare.ts';
import { run } from './rows.ts';
import { postgresTarget } from './target.ts';
import { type Watch, watch } from './watch.ts';
import { createWriting } from './writing.ts';

/** How long a connection that nobody uses is kept, milliseconds. */
const IDLE = 300_000;

const CHUNK = 2000;

/** Opens a schema of a PostgreSQL database, made where it is missing. Throws AppError `config` or `store`. */
export async function openPostgres(location: string): Promise<Store> {
  const target = postgresTarget(location);
  const inWords = (error: unknown) => postgresError(error, target.name);
  const said = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw inWords(error);
    });

  await said(preparePostgres(target));
  const watching = await said(watch(target));
  const writing = createWriting(target, watching.heard);
  const pool = new Pool({ ...target.client, max: target.readers, idleTimeoutMillis: IDLE });
  pool.on('error', () => undefined);

  return {
    engine: 'postgres',
    name: target.name,
    get version() {
      return watching.version();
    },
    async read<R extends Row>(statement: Statement, signal?: AbortSignal) {
      signal?.throwIfAborted();
      const client = await said(pool.connect());
      try {
        return await readRows<R>(client, watching, statement, signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw inWords(error);
      } finally {
        client.release(signal?.aborted === true);
      }
    },
    claim: writing.claim,
    async *chunks(statement) {
      const client = await said(pool.connect());
      let done = false;
      try {
        yield* readChunks(client, statement);
        done = true;
      } catch (error) {
        throw inWords(error);
      } finally {
        client.release(!done);
      }
    },
    transact: writing.transact,
    async close() {
      await writing.close();
      await pool.end();
      await watching.close();
    },
  };
}

/** Reads on one session; an aborted question is cancelled there, or its session ended where that cannot be said. */
async function readRows<R extends Row>(
  client: PoolClient,
  watching: Watch,
  statement: Statement,
  signal: AbortSignal | undefined,
): Promise<R[]> {
  signal?.throwIfAborted();
  const cancel = () => {
    watching.cancel(sessionOf(client)).catch(() => client.end());
  };
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return (await run<R>(client, statement)).rows;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
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
