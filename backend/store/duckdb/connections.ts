import type { DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../errors.ts';
import { createSeats } from '../../seats.ts';
import { isGivenUp, isOutOfMemory } from './failure.ts';
import { closeSession, openSession, READERS, type Session } from './session.ts';

/** The connections to a file; where DuckDB gave up on the file, it is opened again for whoever comes next. */
export interface Connections {
  /** Works with a connection for reading; waits while all are in use, unless the signal aborts. Work that found no memory beside others is done again alone. */
  reading<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** The same for work that gives out one thing after another. */
  streaming<T>(work: (connection: DuckDBConnection) => AsyncIterable<T>): AsyncGenerator<T>;
  /** Works with the connection that writes; the caller sees to it that there is one writer at a time. Work that found no memory beside those who read is done again alone. */
  writing<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Has the file opened again once nobody uses it; whoever comes next waits for that. */
  openAnew(): void;
  /** Waits for all work to end and lets the file go. */
  close(): Promise<void>;
}

/** Opens a file, or `:memory:`. Throws as `openSession` does. */
export async function openConnections(path: string): Promise<Connections> {
  const file = await openFile(path);
  const seats = createSeats(READERS);

  const lend = async () => {
    const connection = idleOf(await file.begin());
    const end = (failure: unknown) => {
      file.session()?.idle.push(connection);
      file.end(failure);
    };
    return { connection, end };
  };
  const read = async <T>(work: (connection: DuckDBConnection) => Promise<T>) => {
    const { connection, end } = await lend();
    return ending(() => work(connection), end);
  };
  async function* stream<T>(work: (connection: DuckDBConnection) => AsyncIterable<T>) {
    const { connection, end } = await lend();
    let failure: unknown;
    try {
      yield* work(connection);
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      end(failure);
    }
  }

  const write = async <T>(work: (connection: DuckDBConnection) => Promise<T>) => {
    const { writing } = await file.begin();
    return ending(() => work(writing), file.end);
  };

  return {
    reading: (work, signal) =>
      seats.one(() => read(work), signal).catch(ifNoMemory(() => seats.alone(() => read(work), signal))),
    async *streaming(work) {
      await seats.take();
      try {
        yield* stream(work);
      } finally {
        seats.give();
      }
    },
    writing: (work) => write(work).catch(ifNoMemory(() => seats.alone(() => write(work)))),
    openAnew: file.openAnew,
    close: file.close,
  };
}

/** A file that is opened again once nobody uses it, where DuckDB gave up on it or somebody asks for it. */
async function openFile(path: string) {
  let session: Session | null = await openSession(path);
  let stale = false;
  let closed = false;
  let users = 0;
  let reopening: Promise<void> | null = null;
  const ofLast: (() => void)[] = [];

  const unused = () =>
    users === 0 ? Promise.resolve() : new Promise<void>((resolve) => ofLast.push(resolve));
  const close = async () => {
    await unused();
    if (session) closeSession(session);
    session = null;
  };
  const reopen = async () => {
    await close();
    session = await openSession(path);
    stale = false;
  };

  return {
    session: () => session,
    async begin(): Promise<Session> {
      while (!session || stale) {
        if (closed) throw new AppError('store', `The store ${path} is closed.`);
        reopening ??= reopen().finally(() => {
          reopening = null;
        });
        await reopening;
      }
      users += 1;
      return session;
    },
    openAnew() {
      stale = true;
    },
    end(failure: unknown) {
      stale ||= isGivenUp(failure) && path !== ':memory:';
      users -= 1;
      if (users === 0) for (const tell of ofLast.splice(0)) tell();
    },
    async close() {
      closed = true;
      await close();
    },
  };
}

/** What to do where work found no memory; other failures are thrown on. */
function ifNoMemory<T>(again: () => Promise<T>): (failure: unknown) => Promise<T> {
  return (failure) => {
    if (isOutOfMemory(failure)) return again();
    throw failure;
  };
}

async function ending<T>(work: () => Promise<T>, end: (failure: unknown) => void): Promise<T> {
  let failure: unknown;
  try {
    return await work();
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    end(failure);
  }
}

function idleOf({ idle }: Session): DuckDBConnection {
  const connection = idle.pop();
  if (!connection) throw new Error('More connections are asked for than there are seats.');
  return connection;
}
