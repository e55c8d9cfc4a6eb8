import type { Store } from '../store.ts';
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
  const writing = createWriting(target, watching.heard);
  const reading = createReading(target, watching.cancel);
  return {
    engine: 'postgres',
    name: target.name,
    get version() {
      return watching.version();
    },
    read: reading.read,
    chunks: reading.chunks,
    claim: writing.claim,
    transact: writing.transact,
    async close() {
      await writing.close();
      await reading.close();
      await watching.close();
    },
  };
}
