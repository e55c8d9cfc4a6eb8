import type { Timeline } from '../account/timeline.ts';
import { ENDPOINTS, POSTED } from '../endpoints/index.ts';
import { WEBHOOK_PATHS } from '../webhooks/subscription.ts';
import { ApiError } from './api-error.ts';
import { fits } from './path.ts';
import { questionOf } from './question.ts';
import type { Ways } from './ways.ts';

/** An account when it is asked; times in epoch ms. */
export interface Moment {
  timeline: Timeline;
  ways: Ways;
  /** The account's time, up to which the timeline must have advanced. */
  now: number;
  /** The time up to which what is late has come. */
  arrivals: number;
}

const PATTERNS = [...new Set([...Object.keys(ENDPOINTS), ...Object.keys(POSTED), ...WEBHOOK_PATHS])];

/** The endpoint that a path fits, such as /incidents/:id; undefined for none. */
export function endpointOf(path: string): string | undefined {
  return PATTERNS.find((pattern) => fits(pattern, path));
}

/** The body that GET of an address answers, or POST of what is `posted` to it; throws an ApiError where that would be an error. */
export function answerTo(
  { pathname, searchParams: parameters }: URL,
  moment: Moment,
  posted?: unknown,
): object {
  const endpoint = endpointOf(pathname);
  const answers = posted === undefined ? ENDPOINTS : POSTED;
  const answer = endpoint && answers[endpoint];
  if (!answer) throw new ApiError('not_found');
  const parts = pathname.split('/').map(decodeURIComponent);
  const [id = '', partId = ''] = parts.filter((_, index) => endpoint.split('/')[index]?.startsWith(':'));
  return answer(questionOf({ parameters, body: posted, id, partId, ...moment }));
}
