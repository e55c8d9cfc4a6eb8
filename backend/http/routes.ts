import { Router } from 'express';
import { z } from 'zod';
import type { QueryRequest, Status } from '../contract.ts';
import { AppError } from '../errors.ts';
import { catalogue } from '../query/catalogue.ts';
import { type Answering, runQueries } from '../query/run.ts';
import { valuesOf } from '../query/values.ts';
import { requireToken } from './auth.ts';
import { abortOnClose } from './cancel.ts';
import { metricsOf } from './metrics.ts';

/** What the routes lean on. */
export interface Serving extends Answering {
  token: string | null;
  status: () => Promise<Status>;
}

const queryRequest = z.object({
  queries: z.array(z.looseObject({}), 'is not a list of queries').min(1, 'is empty: send at least one query'),
  viewer: z.object({ login: z.string(), email: z.string(), role: z.string() }).optional(),
});

/** All routes of the backend; only /health and /ready answer without the token. */
export function routes(serving: Serving): Router {
  const router = Router();
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
    response.json(await valuesOf(serving, text(dimension), text(search), abortOnClose(response)));
  });
  router.post('/query', guarded, async (request, response) => {
    const parsed = queryRequest.safeParse(request.body);
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'the body'} ${issue.message}`,
      );
      throw new AppError('invalid_query', `POST /query takes {"queries": [...]}: ${faults.join('; ')}`);
    }
    const answer = await runQueries(parsed.data as unknown as QueryRequest, serving, abortOnClose(response));
    if (!response.destroyed) response.json(answer);
  });
  return router;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
