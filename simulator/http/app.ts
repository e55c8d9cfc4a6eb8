import express, { type Express, type NextFunction, type Request } from 'express';
import type { Timeline } from '../account/timeline.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { answerTo } from './answer.ts';
import { ApiError } from './api-error.ts';
import type { Control } from './control.ts';
import { disturb } from './disturb.ts';
import { limit, refuse } from './gate.ts';
import { keepTokens, TOKEN_PATH } from './oauth.ts';
import { type Disturbed, sendJson } from './send.ts';
import { waysOf } from './ways.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** What the HTTP side of a simulator needs. */
export interface AppOptions {
  timeline: Timeline;
  control: Control;
  webhooks: Webhooks;
  /** The account's time, epoch ms. */
  accountTime(): number;
  /** What the Date header says without faults, epoch ms. */
  dateTime(): number;
  /** The time up to which what is late has come, epoch ms; it goes on in an account that stands still. */
  arrivalTime(): number;
  /** The time by which requests are counted, epoch ms. */
  clock(): number;
  /** What the header x-simulated says. */
  label: string;
}

const METHODS = ['GET', 'POST'];

/** The API over HTTP, where to get a token for it, and what governs it at /_control. */
export function makeApp(options: AppOptions): Express {
  const { control, timeline } = options;
  const app = express().disable('x-powered-by').disable('etag');
  app.use((_request, response, next) => {
    response.sendDate = false;
    response.set({ date: new Date(options.dateTime()).toUTCString(), 'x-simulated': options.label });
    next();
  });
  app.get('/_control', (_request, response) => {
    response.json(control.report());
  });
  app.post('/_control', express.json(), (request, response) => {
    control.change(request.body);
    response.json(control.report());
  });
  const tokens = keepTokens(control, options.clock);
  app.use(disturb(options));
  app.post(TOKEN_PATH, refuse, express.urlencoded(), (request, response: Disturbed) =>
    tokens.issue(request, response),
  );
  app.use(tokens.authorize, limit(options), refuse);
  app.use(express.json(), webhookRoutes(options));
  app.use((request, response: Disturbed) => {
    if (!METHODS.includes(request.method)) throw new ApiError('not_found');
    const posted = request.method === 'POST' ? (request.body ?? {}) : undefined;
    const now = options.accountTime();
    timeline.advance(now);
    const ways = response.locals.disturbance?.ways ?? waysOf(control.settings);
    const url = new URL(request.url, 'http://simulated');
    sendJson(response, answerTo(url, { timeline, ways, now, arrivals: options.arrivalTime() }, posted));
  });
  app.use(showError);
  return app;
}

function showError(error: unknown, _request: Request, response: Disturbed, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const malformed = error instanceof SyntaxError ? new ApiError('invalid_input', error.message) : null;
  const told = error instanceof ApiError ? error : (malformed ?? new ApiError('internal', String(error)));
  response.status(told.status);
  sendJson(response, told.body());
}
