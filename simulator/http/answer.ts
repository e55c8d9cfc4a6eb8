import type { Timeline } from '../account/timeline.ts';
import { ENDPOINTS } from '../endpoints/index.ts';
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

const PATTERNS = Object.keys(ENDPOINTS);

/** The endpoint that a path fits, such as /incidents/:id; undefined for none. */
export function endpointOf(path: string): string | undefined {
  return PATTERNS.find((pattern) => fits(pattern, path));
}

/** The body that GET of an address answers; throws an ApiError where that would be an error. */
export function answerTo({ pathname, searchParams: parameters }: URL, moment: Moment): object {
  const endpoint = endpointOf(pathname);
  const answer = endpoint && ENDPOINTS[endpoint];
  if (!answer) throw new ApiError('not_found');
  const parts = pathname.split('/').map(decodeURIComponent);
  const [id = '', partId = ''] = parts.filter((_, index) => endpoint.split('/')[index]?.startsWith(':'));
  return answer(questionOf({ parameters, id, partId, ...moment }));
}
