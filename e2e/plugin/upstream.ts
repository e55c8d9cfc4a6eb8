import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { QueryResponse } from '../../backend/contract.ts';

/** An answer as it goes to the browser. */
export interface Reply<Body = unknown> {
  status: number;
  body: Body;
}

/** What stands behind Grafana's server: the calls that it hands to a plugin's executable. */
export interface Upstream {
  /** A query; the body is what Grafana's page posts to /api/ds/query. */
  query(request: unknown): Promise<Reply<QueryResponse>>;
  /** A resource call; path and search string, such as `values?dimension=team`. */
  resource(path: string): Promise<Reply>;
  health(): Promise<Reply<{ status: string; message: string }>>;
  stop(): Promise<void>;
}

/** The relay as a process, asked over gRPC through the bridge, in front of the backend at the URL. */
export async function startRelay(
  paths: { relay: string; bridge: string },
  url: string,
  token: string,
): Promise<Upstream> {
  const bridge = spawn(paths.bridge, ['-relay', paths.relay, '-url', url, '-token', token], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(bridge, 'exit');
  const [address] = (await Promise.race([
    once(createInterface(bridge.stdout), 'line'),
    ended.then(() =>
      Promise.reject(new Error('The bridge to the relay did not start; its words are above.')),
    ),
  ])) as [string];
  return {
    query: (request) => ask(`${address}/query`, request),
    resource: (path) => ask(`${address}/resources/${path}`),
    health: () => ask(`${address}/health`),
    async stop() {
      bridge.stdin.end();
      await ended;
    },
  };
}

async function ask<Body>(url: string, body?: unknown): Promise<Reply<Body>> {
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.headers.get('content-type')?.includes('json'))
    throw new Error(`${url}: ${response.status} ${text}`);
  return { status: response.status, body: JSON.parse(text) };
}
