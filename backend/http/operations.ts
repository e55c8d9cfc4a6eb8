import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Operations } from '../operations/operations.ts';
import { requireToken } from './auth.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const forgetRequest = z.strictObject({ user: z.string().min(1) });

const backupRequest = z.strictObject({ file: z.string().optional() });

/** The routes by which a running backend is told to do something to its own store. */
export function operationRoutes(operations: Operations, token: string | null): Router {
  const router = Router();
  router.use(['/backup', '/forget'], requireToken(token), (request, _response, next) => {
    const host = request.headers.host ?? '';
    if (token !== null || LOOPBACK.has(URL.parse(`http://${host}`)?.hostname ?? '')) return next();
    throw new AppError(
      'unauthorized',
      `Without a PAGEBUDGET_TOKEN this is done only for who asks this machine by its own name, not "${host}".`,
    );
  });
  router.post('/backup', async (request, response) => {
    const { file } = bodyOf(backupRequest, request.body, 'POST /backup takes {"file": "NAME"} or {}');
    response.json(await operations.backUp(file));
  });
  router.post('/forget', async (request, response) => {
    const { user } = bodyOf(forgetRequest, request.body, 'POST /forget takes {"user": "ID, NAME OR E-MAIL"}');
    response.json(await operations.forget(user));
  });
  return router;
}

function bodyOf<T>(form: z.ZodType<T>, body: unknown, words: string): T {
  const parsed = form.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the body'} ${issue.message}`);
  throw new AppError('invalid_query', `${words}: ${faults.join('; ')}`);
}
