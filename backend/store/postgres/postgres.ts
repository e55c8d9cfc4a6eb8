import { AppError } from '../../errors.ts';
import { sql } from '../../sql/statement.ts';
import type { Reader, Store } from '../store.ts';
import { postgresError } from './errors.ts';
import { preparePostgres } from './prepare.ts';
import { createReading } from './reading.ts';
import { postgresTarget } from './target.ts';
import { watch } from './watch.ts';
import { createWriting } from './writing.ts';

/** Opens a schema of a PostgreSQL database, made where it is missing. Throws AppError `config` or `store`. */
export async function openPostgres(location: string): Promise<Store> {
  const target = postgresTarget(location);
  const watching = await preparePostgres(target)
    .then(() => watch(target))
    .catch((error) => {
      throw postgresError(error, target.name);
    });
  const writing = createWriting(target, watching.changes.add);
  const reading = createReading(target, watching.cancel);
  return {
    engine: 'postgres',
    name: target.name,
    get version() {
      return watching.changes.version();
    },
    changedSince: watching.changes.since,
    read: reading.read,
    chunks: reading.chunks,
    claim: writing.claim,
    transact: writing.transact,
    bytes: () => bytesOf(reading.read),
    async copyTo() {
      throw new AppError(
        'config',
        `The store ${target.name} is backed up like every PostgreSQL database, with pg_dump --schema=${target.schema}; npm run copy-store makes a DuckDB file of it.`,
      );
    },
    async close() {
      await writing.close();
      await reading.close();
      await watching.close();
    },
  };
}

async function bytesOf(read: Reader['read']): Promise<number> {
  const [row] = await read<{ bytes: number }>(
    sql`SELECT CAST(coalesce(sum(pg_total_relation_size("oid")), 0) AS bigint) AS "bytes" FROM pg_class WHERE "relkind" = 'r' AND "relnamespace" = CAST(current_schema() AS regnamespace)`,
  );
  return Number(row?.bytes ?? 0);
}
