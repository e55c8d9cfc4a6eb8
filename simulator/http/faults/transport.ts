import { z } from 'zod';
import { kindOf } from './kind.ts';

/** The connection is reset before the answer, or in the middle of its body. */
export const reset = kindOf({
  options: { at: z.enum(['request', 'body']).default('request') },
  begin:
    ({ at }) =>
    () => ({ cut: at === 'request' ? 'unanswered' : 'broken' }),
});

/** The body ends early though its length says that it is whole, so that it is no JSON. */
export const truncated = kindOf({ options: {}, begin: () => () => ({ cut: 'truncated' }) });

/** The answer takes so many milliseconds longer. */
export const slow = kindOf({
  options: { ms: z.int().min(0).max(600_000).default(1000) },
  begin:
    ({ ms }) =>
    () => ({ delay: ms }),
});

/** The Date header is so many seconds ahead, or behind if negative. */
export const clockSkew = kindOf({
  options: { seconds: z.int() },
  begin:
    ({ seconds }) =>
    () => ({ skew: seconds }),
});
