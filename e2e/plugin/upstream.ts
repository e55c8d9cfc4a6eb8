import type { QueryResponse, Status } from '../../backend/contract.ts';

/** An answer as it goes to the browser. */
export interface Reply {
  status: number;
  body: unknown;
}

/** The body that Grafana's page posts to /api/ds/query; from and to are epoch milliseconds as text. */
export interface PageRequest {
  queries: Record<string, unknown>[];
  from: string;
  to: string;
}

/** What stands behind Grafana's server: the relay in front of a backend, or the backend alone. */
export interface Upstream {
  query(request: PageRequest): Promise<QueryResponse>;
  /** A resource call; path and search string, such as `values?dimension=team`. */
  resource(path: string): Promise<Reply>;
  health(): Promise<{ status: 'OK' | 'ERROR'; message: string }>;
}

/** The backend without a relay between: shapes calls as the relay does. */
export function directUpstream(url: string, token: string): Upstream {
  const ask = async (path: string, body?: unknown): Promise<Reply> => {
    try {
      const response = await fetch(`${url}/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    } catch {
      const message = `No answer from ${url}. Start the backend, or correct its URL in the data source.`;
      return { status: 502, body: { error: { code: 'upstream', message } } };
    }
  };
  return {
    async query({ queries, from, to }) {
      const range = { from: iso(from), to: iso(to) };
      const { status, body } = await ask('query', { queries: queries.map((query) => ({ ...query, range })) });
      return status === 200 ? (body as QueryResponse) : failed(queries, status, messageOf(body));
    },
    resource: (path) => ask(path),
    async health() {
      const { status, body } = await ask('status');
      if (status !== 200) return { status: 'ERROR', message: messageOf(body) };
      return { status: 'OK', message: (body as Status).state };
    },
  };
}

function failed(queries: PageRequest['queries'], status: number, error: string): QueryResponse {
  const result = { status, error, frames: [] };
  return { results: Object.fromEntries(queries.map(({ refId }) => [String(refId), result])) };
}

function messageOf(body: unknown): string {
  return (body as { error: { message: string } }).error.message;
}

function iso(milliseconds: string): string {
  return new Date(Number(milliseconds)).toISOString();
}
