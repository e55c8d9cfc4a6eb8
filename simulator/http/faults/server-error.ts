import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { kindOf, refusedWith } from './kind.ts';

/** What a gateway says in place of the API; PagerDuty documents none of it. */
const GATEWAY = { 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Gateway Time-out' } as const;

/** 500 as PagerDuty words it, or 502, 503 and 504 as a page of HTML. */
export const serverError = kindOf({
  options: { status: z.literal([500, 502, 503, 504]).default(500) },
  begin:
    ({ status }) =>
    () => {
      if (status === 500) return refusedWith(new ApiError('internal'));
      const words = `${status} ${GATEWAY[status]}`;
      return {
        refused: { status, body: `<html><head><title>${words}</title></head><body>${words}</body></html>` },
      };
    },
});
