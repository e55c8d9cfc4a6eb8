import type { NextFunction, Request } from 'express';
import { ApiError, errorOfStatus } from './api-error.ts';
import type { AppOptions } from './app.ts';
import type { Control } from './control.ts';
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

/** Refuses what a fault or the settings refuse. */
export function refuse(control: Control) {
  return ({ path }: Request, response: Disturbed, next: NextFunction) => {
    const { disturbance } = response.locals;
    if (disturbance?.refused) {
      sendRefused(response, disturbance.refused);
      return;
    }
    const status = control.settings.refuse[path];
    if (status !== undefined) throw errorOfStatus(status);
    next();
  };
}
