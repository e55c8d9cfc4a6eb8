import { type Statement, sql } from '../../sql/statement.ts';
import { createTurns } from '../../turns.ts';
import { createChanges } from '../changes.ts';
import type { Row, Store } from '../store.ts';
import { type Connections, openConnections } from './connections.ts';
import { copyWhole } from './copy.ts';
import { isGivenUp } from './failure.ts';
import { sizeOf } from './files.ts';
import { execute, readChunks, readRows } from './rows.ts';
import { createUpkeep } from './upkeep.ts';
import { createDuckdbWriter } from './writer.ts';

/** Opens a DuckDB file, or `:memory:`; one process owns it. Throws AppError `locked` while another has it, `store` where it is unreadable or newer. */
export async function openDuckdb(path: string): Promise<Store> {
  const connections = await openConnections(path);
  const upkeep = createUpkeep(path, connections);
  const changes = createChanges(0);
  const inTurn = createTurns();

  return {
    engine: 'duckdb',
    name: `duckdb:${path}`,
    get version() {
      return changes.version();
    },
    changedSince: changes.since,
    read: (statement, signal) => read(connections, statement, signal),
    chunks: (statement) => connections.streaming((connection) => readChunks(connection, statement)),
    claim: async () => true,
    bytes: async () => sizeOf(path),
    transact: (work) =>
      inTurn(async () => {
        const result = await connections.writing(async (writing) => {
          const { writer, finish, changed, reach } = createDuckdbWriter(writing);
          await execute(writing, sql`BEGIN`);
          try {
            const done = await work(writer);
            await finish();
            await execute(writing, sql`COMMIT`);
            if (changed()) changes.add(changes.version() + 1, reach());
            return done;
          } catch (error) {
            await execute(writing, sql`ROLLBACK`).catch(() => undefined);
            throw error;
          }
        });
        await upkeep();
        return result;
      }),
    copyTo: (target, look) =>
      inTurn(() => connections.writing((writing) => copyWhole(path, writing, target, look))),
    close: () => inTurn(() => connections.close()),
  };
}

/** Reads, and once more where DuckDB gave up on the file before or meanwhile. */
async function read<R extends Row>(
  connections: Connections,
  statement: Statement,
  signal?: AbortSignal,
): Promise<R[]> {
  const once = () => connections.reading((connection) => readRows<R>(connection, statement, signal), signal);
  try {
    return await once();
  } catch (error) {
    if (isGivenUp(error)) return once();
    throw error;
  }
}
