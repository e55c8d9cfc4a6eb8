import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { createLog } from '../log.ts';
import { type Client, type ClientOptions, createClient } from './client.ts';
import { keyCredentials } from './credentials.ts';

/** What an odd server answers; `url` is parsed, `count` counts requests from 1. */
export type Answerer = (
  asked: { url: URL; count: number; request: IncomingMessage },
  response: ServerResponse,
) => void;

/** A server that answers as told, for answers that no honest simulator gives. */
export async function startOddServer(answer: Answerer): Promise<{ url: string; close(): Promise<void> }> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    answer({ url: new URL(request.url ?? '/', 'http://odd'), count, request }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A clock that waits no time but says that it did, and remembers each wait. */
export function drivenClock(start = Date.now()): Clock & { waits: number[] } {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** A client of a server, quiet and with a driven clock unless told otherwise. */
export function clientOf(url: string, options: Partial<ClientOptions> = {}): Client {
  return createClient({
    url,
    credentials: keyCredentials('a-secret-key'),
    requestShare: 1,
    fetch,
    clock: drivenClock(),
    random: () => 0.5,
    log: createLog('silent'),
    ...options,
  });
}

/** Sends a JSON body. */
export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
