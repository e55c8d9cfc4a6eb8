import type { ClientConfig } from 'pg';
import { AppError } from '../../errors.ts';

/** Where a PostgreSQL store is, and how it is spoken to. */
export interface PostgresTarget {
  /** Server, database and schema for messages and logs, without the password. */
  name: string;
  schema: string;
  /** Most connections that answer questions at the same time. */
  readers: number;
  client: ClientConfig;
}

const DEFAULT_SCHEMA = 'pagebudget';
const DEFAULT_READERS = 4;
const CONNECT_WITHIN = 10_000;

/** Session settings: times in UTC, our schema alone, no just-in-time compiling of short queries, sorts and joins of a year in memory, and sessions of vanished clients end. */
const SESSION = {
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  jit: 'off',
  work_mem: '32MB',
  client_connection_check_interval: '5s',
  tcp_keepalives_idle: '30',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
};

/** Reads `//user:password@host:port/database?schema=…&readers=…`; other parameters go to the client (sslmode, host). Throws AppError `config`. */
export function postgresTarget(location: string): PostgresTarget {
  const text = `postgres:${location}`;
  if (!location.startsWith('//') || !URL.canParse(text)) {
    throw new AppError(
      'config',
      'PAGEBUDGET_STORE is not an address such as postgres://user:password@host:5432/database?schema=pagebudget; write special characters of the password as %XX.',
    );
  }
  const url = new URL(text);
  const schema = take(url, 'schema') ?? DEFAULT_SCHEMA;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new AppError(
      'config',
      `PAGEBUDGET_STORE names the schema "${schema}": use lower-case letters, digits and _ only.`,
    );
  }
  const readers = Number(take(url, 'readers') ?? DEFAULT_READERS);
  if (!Number.isInteger(readers) || readers < 1 || readers > 100) {
    throw new AppError('config', 'PAGEBUDGET_STORE: readers is a number of connections from 1 to 100.');
  }
  const settings = { ...SESSION, search_path: schema };
  return {
    name: nameOf(url, schema),
    schema,
    readers,
    client: {
      connectionString: url.href,
      application_name: 'pagebudget',
      options: Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
      connectionTimeoutMillis: CONNECT_WITHIN,
      keepAlive: true,
    },
  };
}

function take(url: URL, parameter: string): string | null {
  const value = url.searchParams.get(parameter);
  url.searchParams.delete(parameter);
  return value;
}

function nameOf(url: URL, schema: string): string {
  const user = url.username ? `${url.username}@` : '';
  const host = url.host || (url.searchParams.get('host') ?? 'localhost');
  return `postgres://${user}${host}${url.pathname}?schema=${schema}`;
}
