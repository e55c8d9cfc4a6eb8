import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { SECOND } from '../clock.ts';
import type { ErrorResponse } from '../contract.ts';
import { AppError, codeOf, messageOf, STATUS_OF } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Operations } from '../operations/operations.ts';
import { operationRoutes } from './operations.ts';
import { routes, type Serving } from './routes.ts';

const LARGEST_BODY = '1mb';

/** The HTTP application: JSON in, JSON out, every fault as `{error: {code, message}}`; it does nothing to the store but by `operations`. */
export function createServing(serving: Serving, operations: Operations | null = null): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json({ limit: LARGEST_BODY }));
  app.use(routes(serving));
  if (operations) app.use(operationRoutes(operations, serving.token));
  app.use((request) => {
    throw new AppError(
      'not_found',
      `There is no ${request.method} ${request.path}; see docs/http.md for what there is.`,
    );
  });
  app.use(faults(serving.log));
  return app;
}

function faults(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    if (response.destroyed) return;
    const fault = bodyFault(error) ?? error;
    const code = codeOf(fault);
    if (STATUS_OF[code] >= 500) log.error({ err: fault, code, path: request.path }, 'a request failed');
    const message = code === 'internal' ? 'Pagebudget failed; its log says why.' : messageOf(fault);
    if (response.headersSent) return response.destroy();
    response.status(STATUS_OF[code]).json({ error: { code, message } } satisfies ErrorResponse);
  };
}

/** What the asker did wrong with the body, by the body parser's names. */
const BODY_FAULTS: Readonly<Record<string, AppError>> = {
  'entity.too.large': new AppError(
    'too_large',
    `The body is larger than ${LARGEST_BODY}: send fewer queries.`,
  ),
  'entity.parse.failed': new AppError('invalid_query', 'The body is not JSON.'),
  'charset.unsupported': new AppError('invalid_query', 'The body is not in UTF-8: send it so.'),
  'encoding.unsupported': new AppError(
    'invalid_query',
    'The content-encoding of the body is not known: send it plain or with gzip.',
  ),
  'request.aborted': new AppError('invalid_query', 'The body broke off: send it again.'),
  'request.size.invalid': new AppError('invalid_query', 'The body is not as long as its content-length.'),
};

function bodyFault({ type, code }: { type?: unknown; code?: unknown }): AppError | null {
  if (String(code).startsWith('Z_'))
    return new AppError('invalid_query', 'The body is not what its encoding says.');
  return BODY_FAULTS[String(type)] ?? null;
}

/** Longer than clients keep a connection that nobody uses (Grafana's SDK: 90 s), so that none sends a question into one that is just being closed. */
const KEEP_ALIVE = 120 * SECOND;

/** Listens, and resolves with the server and its address; throws AppError `config` where the port is taken or forbidden. */
export async function listen(
  app: Express,
  host: string,
  port: number,
): Promise<{ server: Server; url: string }> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new AppError(
          'config',
          `Cannot listen on ${host}:${port}: ${error.message}. Choose another PORT or HOST.`,
          { cause: error },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return { server, url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}` };
}
