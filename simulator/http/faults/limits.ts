import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { makeRateLimiter } from '../rate-limit.ts';
import { type Effect, kindOf, refusedWith } from './kind.ts';

const silent = z.boolean().default(false);
const bare: Effect = { refused: { status: 429, body: null } };

/** 429 out of the blue, as when others use the key too; `silent` sends neither headers nor body. */
export const rateLimited = kindOf({
  options: { silent, resetSeconds: z.int().min(0).default(30), limit: z.int().min(1).default(960) },
  begin:
    ({ silent: isSilent, resetSeconds, limit }) =>
    () =>
      isSilent
        ? bare
        : refusedWith(new ApiError('too_often'), {
            'ratelimit-limit': String(limit),
            'ratelimit-remaining': '0',
            'ratelimit-reset': String(resetSeconds),
          }),
});

/** The limit that /oncalls has beside the account's, whose number is documented nowhere. */
export const onCallsLimit = kindOf({
  options: { silent, perMinute: z.int().min(1).default(60) },
  paths: ['/oncalls'],
  begin({ silent: isSilent, perMinute }) {
    const limiter = makeRateLimiter();
    return ({ clock }) => {
      const { allowed, headers } = limiter(perMinute, clock);
      if (allowed) return null;
      return isSilent ? bare : refusedWith(new ApiError('too_often'), headers);
    };
  },
});
