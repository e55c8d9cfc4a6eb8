import type { z } from 'zod';
import type { Simulator } from '../server.ts';

/** A client as the documentation tells one to write it: it asks in pages of 100 until there is no more, and checks every row. */
export interface DocumentedClient {
  /** One thing under its name. */
  one<T>(path: string, name: string, shape: z.ZodType<T>): Promise<T>;
  /** A list that comes at once. */
  whole<T>(path: string, name: string, shape: z.ZodType<T>): Promise<T[]>;
  /** A list page by page; throws where pages contradict each other or rows come twice. */
  list<T>(path: string, name: string, shape: z.ZodType<T>): Promise<T[]>;
  /** How many rows a list has. */
  total(path: string): Promise<number>;
}

const LIMIT = 100;

/** Makes a client that names its key in the two documented ways in turn. */
export function documentedClient({ url }: Pick<Simulator, 'url'>, key: string): DocumentedClient {
  let asked = 0;
  const ask = async (path: string): Promise<Record<string, unknown>> => {
    asked += 1;
    const response = await fetch(url + path, {
      headers: {
        authorization: asked % 2 === 0 ? `Token token=${key}` : `Bearer ${key}`,
        accept: 'application/vnd.pagerduty+json;version=2',
        'content-type': 'application/json',
      },
    });
    const body = (await response.json()) as Record<string, unknown>;
    if (response.status !== 200)
      throw new Error(`${path} answered ${response.status}: ${JSON.stringify(body)}`);
    return body;
  };
  const read = <T>(path: string, shape: z.ZodType<T>, value: unknown): T => {
    const found = shape.safeParse(value);
    if (found.success) return found.data;
    throw new Error(
      `${path} is not as documented: ${found.error.message}\n${JSON.stringify(value).slice(0, 2000)}`,
    );
  };
  const rowsOf = (path: string, body: Record<string, unknown>, name: string) => {
    const rows = body[name];
    if (!Array.isArray(rows)) throw new Error(`${path} has no list ${name}.`);
    return rows as unknown[];
  };
  const list = async <T>(path: string, name: string, shape: z.ZodType<T>): Promise<T[]> => {
    const found: T[] = [];
    for (;;) {
      const page = `${path}${path.includes('?') ? '&' : '?'}limit=${LIMIT}&offset=${found.length}`;
      const body = await ask(page);
      const rows = rowsOf(page, body, name);
      const { limit, offset, total = null, more } = body;
      if (limit !== LIMIT || offset !== found.length || total !== null || typeof more !== 'boolean') {
        throw new Error(`${page} says limit ${limit}, offset ${offset}, total ${total}, more ${more}.`);
      }
      if (more && rows.length !== LIMIT)
        throw new Error(`${page} has ${rows.length} rows and says that there is more.`);
      for (const row of rows) found.push(read(page, shape, row));
      if (!more) return unique(path, found);
    }
  };
  return {
    list,
    one: async (path, name, shape) => read(path, shape, (await ask(path))[name]),
    whole: async (path, name, shape) =>
      rowsOf(path, await ask(path), name).map((row) => read(path, shape, row)),
    total: async (path) => Number((await ask(`${path}&limit=1&total=true`)).total),
  };
}

function unique<T>(path: string, rows: T[]): T[] {
  const ids = rows.map((row) => (row as { id?: string }).id ?? JSON.stringify(row));
  if (new Set(ids).size !== ids.length) throw new Error(`${path} has rows twice.`);
  return rows;
}
