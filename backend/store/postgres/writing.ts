import { Client } from 'pg';
import { AppError } from '../../errors.ts';
import { sql } from '../../sql/statement.ts';
import type { Writer } from '../store.ts';
import { postgresError } from './errors.ts';
import { claimWriting } from './locks.ts';
import { run } from './rows.ts';
import type { PostgresTarget } from './target.ts';
import { CHANNEL } from './watch.ts';
import { createPostgresWriter } from './writer.ts';

/** The one place of a process that writes to a PostgreSQL store. */
export interface Writing {
  /** Takes the right to write, which one process at a time has; false where another has it. */
  claim(): Promise<boolean>;
  transact<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Writes over a connection of its own, made when first needed and again after it broke; `committed` hears each new version, and how far back the transaction reached. */
export function createWriting(
  target: PostgresTarget,
  committed: (version: number, reach: number) => void,
): Writing {
  let session: Client | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const inWords = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw postgresError(error, target.name);
    });
  const open = async (): Promise<Client | null> => {
    if (session) return session;
    const client = new Client(target.client);
    client.on('error', () => undefined);
    client.once('end', () => {
      if (session === client) session = null;
    });
    try {
      await client.connect();
      if (await claimWriting(client, target.schema)) session = client;
    } finally {
      if (session !== client) await client.end();
    }
    return session;
  };

  const transact = async <T>(work: (writer: Writer) => Promise<T>): Promise<T> => {
    const client = await inWords(open());
    if (!client) throw taken(target);
    try {
      await inWords(client.query('BEGIN'));
      const { writer, changed, reach } = createPostgresWriter(client, inWords);
      const result = await work(writer);
      const version = changed() ? await inWords(nextVersion(client, target.schema, reach())) : null;
      await inWords(client.query('COMMIT'));
      if (version !== null) committed(version, reach());
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => client.end());
      throw error;
    }
  };

  return {
    claim: () => inTurn(async () => (await inWords(open())) !== null),
    transact: (work) => inTurn(() => transact(work)),
    async close() {
      await last;
      await session?.end();
    },
  };
}

/** Counts the transactions that changed something, in the store itself, and tells every process that watches it. */
async function nextVersion(client: Client, schema: string, reach: number): Promise<number> {
  const { rows } = await run(
    client,
    sql`INSERT INTO "note" AS "n" ("name", "value") VALUES ('version', '1') ON CONFLICT ("name") DO UPDATE SET "value" = CAST(CAST("n"."value" AS bigint) + 1 AS text) RETURNING CAST("value" AS bigint) AS "version"`,
  );
  const version = Number(rows[0]?.version);
  await run(client, sql`SELECT pg_notify(${CHANNEL}, ${`${schema} ${version} ${reach}`})`);
  return version;
}

function taken(target: PostgresTarget): AppError {
  return new AppError(
    'store',
    `Another process writes to the store ${target.name}: stop that one, or name another PAGEBUDGET_STORE.`,
  );
}
