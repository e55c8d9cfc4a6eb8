import { z } from 'zod';
import { addMonths, readTime, SECOND } from '../../time.ts';
import { ApiError } from '../api-error.ts';
import { kindOf, type Occasion, refusedWith } from './kind.ts';

/** Where a range begins that says nothing of it; elsewhere it has no beginning. */
const BEGINNINGS: Readonly<Record<string, (now: number) => number>> = {
  '/incidents': (now) => addMonths(now, -1),
  '/oncalls': (now) => now,
};

/** 408: a question takes too long; with `widerThan` (seconds) those of wide ranges, always. */
export const timeout = kindOf({
  options: { widerThan: z.number().min(0).optional() },
  paths: ['/incidents', '/log_entries'],
  begin:
    ({ widerThan = 0 }) =>
    (occasion) =>
      widthOf(occasion) > widerThan * SECOND ? refusedWith(new ApiError('took_too_long')) : null,
});

/** The length of the range asked for, milliseconds. */
function widthOf({ endpoint, parameters, now }: Occasion): number {
  const time = (name: string) => readTime(parameters.get(name) ?? '', 'UTC');
  if (parameters.get('date_range') === 'all') return Number.POSITIVE_INFINITY;
  const until = time('until') ?? now;
  return until - (time('since') ?? BEGINNINGS[endpoint]?.(until) ?? Number.NEGATIVE_INFINITY);
}
