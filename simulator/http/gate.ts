import type { NextFunction, Request } from 'express';
import { ApiError } from './api-error.ts';
import type { AppOptions } from './app.ts';
import { makeRateLimiter } from './rate-limit.ts';
import { type Disturbed, sendRefused } from './send.ts';

/** Holds everybody to so many requests a minute. */
export function limit({ control, clock }: AppOptions) {
  const limiter = makeRateLimiter();
  return (_request: Request, response: Disturbed, next: NextFunction) => {
    const { rateLimit, silentRateLimit } = control.settings;
    const { allowed, headers } = limiter(rateLimit, clock());
    if (!allowed && silentRateLimit) {
      sendRefused(response, { status: 429, body: null });
      return;
    }
    response.set(headers);
    if (!allowed) throw new ApiError('too_often');
    next();
  };
}

/** Refuses what a fault refuses. */
export function refuse(_request: Request, response: Disturbed, next: NextFunction): void {
  const { disturbance } = response.locals;
  if (disturbance?.refused) sendRefused(response, disturbance.refused);
  else next();
}
