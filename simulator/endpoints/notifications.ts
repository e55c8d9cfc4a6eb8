import { attemptOf, notification } from '../answers/notification.ts';
import { ApiError } from '../http/api-error.ts';
import { page } from '../http/paging.ts';
import { isHidden } from '../http/privacy.ts';
import type { Question } from '../http/question.ts';
import { bounded } from '../http/range.ts';
import { addMonths } from '../time.ts';
import { type Answer, lensOf } from './answer.ts';

const MONTHS = 3;

/** Contact attempts of a range, oldest first. */
export const NOTIFICATION_ANSWERS = {
  '/notifications': (question) => {
    const lens = lensOf(question);
    const means = question.text('filter');
    const found = question.timeline
      .entriesWithin(rangeOf(question))
      .filter(
        (entry) =>
          entry.type === 'notify' &&
          !isHidden(entry.incident, question) &&
          (means === null || attemptOf(entry).type === means),
      );
    return page(question, 'notifications', found, (entry) => notification(lens, entry));
  },
} as const satisfies Record<string, Answer>;

function rangeOf(question: Question) {
  const [since, until] = [question.time('since'), question.time('until')];
  if (since === null || until === null || since > until) {
    throw new ApiError('invalid_range', 'since and until must be given, since before until.');
  }
  if (until >= addMonths(since, MONTHS)) {
    throw new ApiError('range_too_long', `since and until must lie less than ${MONTHS} months apart.`);
  }
  return bounded({ since, until }, question.ways.bounds);
}
