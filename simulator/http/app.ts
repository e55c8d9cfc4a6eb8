import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Timeline } from '../account/timeline.ts';
import { ENDPOINTS } from '../endpoints/index.ts';
import { Fault, faultOfStatus } from './fault.ts';
import { questionOf } from './question.ts';
import { makeRateLimiter } from './rate-limit.ts';
import { type Settings, settingsSchema } from './settings.ts';

/** What the HTTP side of a simulator needs. */
export interface AppOptions {
  timeline: Timeline;
  settings: Settings;
  /** The account's time, epoch ms. */
  accountTime(): number;
  /** The time by which requests are counted, epoch ms. */
  clock(): number;
  /** What the header x-simulated says. */
  label: string;
}

/** The API over HTTP; `settings` change when somebody posts to /_control. */
export function makeApp(options: AppOptions): Express {
  const app = express().disable('x-powered-by').disable('etag');
  app.use((_request, response, next) => {
    response.sendDate = false;
    response.setHeader('Date', new Date(options.accountTime()).toUTCString());
    response.setHeader('x-simulated', options.label);
    next();
  });
  app.post('/_control', express.json(), (request, response) => {
    response.json(control(options, request.body));
  });
  app.use(authorize(options), limit(options), refuse(options));
  for (const [path, answer] of Object.entries(ENDPOINTS)) {
    app.get(path, (request, response) => {
      const now = options.accountTime();
      options.timeline.advance(now);
      const { searchParams: parameters } = new URL(request.url, 'http://simulated');
      const { timeline, settings } = options;
      response.json(
        answer(questionOf({ parameters, id: String(request.params.id ?? ''), now, timeline, settings })),
      );
    });
  }
  app.use(() => {
    throw new Fault('not_found');
  });
  app.use(showFault);
  return app;
}

function control({ settings, accountTime }: AppOptions, body: unknown): object {
  const read = settingsSchema.safeParse(body);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    throw new Fault('invalid_input', ...problems);
  }
  Object.assign(settings, read.data);
  return { settings, now: new Date(accountTime()).toISOString() };
}

function authorize({ settings }: AppOptions) {
  return (request: Request, _response: Response, next: NextFunction) => {
    const given = request.headers.authorization;
    const accepted = [`Token token=${settings.token}`, `Bearer ${settings.token}`];
    if (given === undefined || !accepted.includes(given)) throw new Fault('unauthorized');
    next();
  };
}

function limit({ settings, clock }: AppOptions) {
  const limiter = makeRateLimiter();
  return (_request: Request, response: Response, next: NextFunction) => {
    const { allowed, headers } = limiter(settings.rateLimit, clock());
    if (!allowed && settings.silentRateLimit) {
      response.status(429).end();
      return;
    }
    response.set(headers);
    if (!allowed) throw new Fault('too_often');
    next();
  };
}

function refuse({ settings }: AppOptions) {
  return (request: Request, _response: Response, next: NextFunction) => {
    const status = settings.refuse[request.path];
    if (status !== undefined) throw faultOfStatus(status);
    next();
  };
}

function showFault(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const malformed = error instanceof SyntaxError ? new Fault('invalid_input', error.message) : null;
  const fault = error instanceof Fault ? error : (malformed ?? new Fault('internal', String(error)));
  response.status(fault.status).json(fault.body());
}
