import { setTimeout as sleep } from 'node:timers/promises';
import type { NextFunction, Request } from 'express';
import { SECOND } from '../time.ts';
import { endpointOf } from './answer.ts';
import type { AppOptions } from './app.ts';
import { disturbanceOf } from './disturbance.ts';
import { TOKEN_PATH } from './oauth.ts';
import { type Disturbed, hangUp } from './send.ts';
import { waysOf } from './ways.ts';

/** Counts every request, and lets the faults that are on decide what becomes of it. */
export function disturb({ control, accountTime, dateTime, clock }: AppOptions) {
  return async (request: Request, response: Disturbed, next: NextFunction) => {
    const { path } = request;
    const { searchParams: parameters } = new URL(request.url, 'http://simulated');
    const endpoint = (path === TOKEN_PATH ? path : endpointOf(path)) ?? 'elsewhere';
    const { tally } = control;
    tally.asked(endpoint);
    response.once('close', () => {
      tally.answered(endpoint, response.writableFinished ? response.statusCode : 'broken');
    });

    const occasion = { path, endpoint, parameters, now: accountTime(), clock: clock() };
    const disturbance = disturbanceOf(control.faults.strike(occasion), waysOf(control.settings));
    response.locals.disturbance = disturbance;
    const { delay, skew, cut } = disturbance;
    if (delay > 0) await sleep(delay, undefined, { ref: false });
    if (response.destroyed) return;
    if (cut === 'unanswered') hangUp(response);
    else {
      response.set('date', new Date(dateTime() + skew * SECOND).toUTCString());
      next();
    }
  };
}
