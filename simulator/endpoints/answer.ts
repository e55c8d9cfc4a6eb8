import type { Lens } from '../answers/reference.ts';
import { ApiError, type ApiErrorName } from '../http/api-error.ts';
import type { Question } from '../http/question.ts';
import type { Organisation, Thing } from '../organisation/things.ts';

/** Answers one question with a body. */
export type Answer = (question: Question) => object;

/** The lens in the account's zone. */
export function lensOf(question: Question): Lens {
  return question.lens(question.timeline.organisation.zone);
}

/** The thing that the path names; 403 if it is private, 404 if there is none. */
export function one<T extends Thing>(
  question: Question,
  rows: (organisation: Organisation) => readonly T[],
  missing: ApiErrorName,
): T {
  const isMeant = ({ id }: T) => id === question.id;
  const found = rows(question.organisation).find(isMeant);
  if (found) return found;
  const isPrivate = rows(question.timeline.organisation).some((row) => isMeant(row) && !row.deleted);
  throw new ApiError(isPrivate ? 'forbidden' : missing);
}
