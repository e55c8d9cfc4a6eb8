import { Router } from 'express';
import { z } from 'zod';
import type { QueryRequest, Status, Viewer } from '../contract.ts';
import { AppError } from '../errors.ts';
import { catalogue } from '../query/catalogue.ts';
import { type Answering, runQueries } from '../query/run.ts';
import { valuesOf } from '../query/values.ts';
import { exampleAt, inOurWords } from '../query/wrong.ts';
import { createSeats } from '../seats.ts';
import { requireToken } from './auth.ts';
import { abortOnClose } from './cancel.ts';
import { metricsOf } from './metrics.ts';

/** What the routes lean on. */
export interface Serving extends Answering {
  token: string | null;
  status: () => Promise<Status>;
}

/** What is in the making takes memory: of many panels that are asked at once the others wait. */
const QUERIES_AT_ONCE = 16;

const viewer = z.object({ login: z.string(), email: z.string(), role: z.string() });

const queryRequest = z.object({
  queries: z.array(z.looseObject({}), 'is not a list of queries').min(1, 'is empty: send at least one query'),
  viewer: viewer.optional(),
});

/** All routes of the backend; only /health and /ready answer without the token. */
export function routes(serving: Serving): Router {
  const router = Router();
  const answering: Answering = { ...serving, seats: createSeats(QUERIES_AT_ONCE) };
  const guarded = requireToken(serving.token);

  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    const { harvestedUntil, reason } = await serving.status();
    response
      .status(harvestedUntil ? 200 : 503)
      .json({ ready: harvestedUntil !== null, harvestedUntil, reason });
  });
  router.get('/status', guarded, async (_request, response) => {
    response.json(await serving.status());
  });
  router.get('/metrics', guarded, async (_request, response) => {
    const { type, text } = await metricsOf(await serving.status());
    response.type(type).send(text);
  });
  router.get('/catalogue', guarded, (_request, response) => {
    response.json(catalogue());
  });
  router.get('/values', guarded, async (request, response) => {
    const { dimension, search } = request.query;
    const sources = { ...serving, viewer: believed(serving, viewerIn(request.get('x-pagebudget-viewer'))) };
    response.json(await valuesOf(sources, text(dimension), text(search), abortOnClose(response)));
  });
  router.post('/query', guarded, async (request, response) => {
    const parsed = queryRequest.safeParse(request.body, { error: inOurWords });
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'the body'} ${issue.message}${exampleAt(issue.path)}`,
      );
      throw new AppError('invalid_query', `POST /query takes {"queries": [...]}: ${faults.join('; ')}`);
    }
    const asked = { ...parsed.data, viewer: believed(serving, parsed.data.viewer) };
    const answer = await runQueries(asked as unknown as QueryRequest, answering, abortOnClose(response));
    if (!response.destroyed) response.json(answer);
  });
  return router;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A viewer is believed only from whoever knows the token; without one anybody on this machine could claim to be anybody. */
function believed({ token }: Serving, claimed: Viewer | undefined): Viewer | undefined {
  return token === null ? undefined : claimed;
}

function viewerIn(header: string | undefined): Viewer | undefined {
  try {
    return viewer.safeParse(JSON.parse(header ?? 'null')).data;
  } catch {
    return undefined;
  }
}
