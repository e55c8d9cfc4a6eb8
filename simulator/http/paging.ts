import type { Rows } from '../account/timeline.ts';
import { ApiError } from './api-error.ts';
import type { Question } from './question.ts';

const CAP = 10_000;

/** A page: its rows under their name, and where it lies. */
export interface Page {
  limit: number;
  offset: number;
  total: number | null;
  more: boolean;
  [name: string]: unknown;
}

/** How large a page is if nobody says, and at most. */
export interface PageSize {
  usual: number;
  most: number;
}

const CLASSIC: PageSize = { usual: 25, most: 100 };
const BY_CURSOR: PageSize = { usual: 100, most: 100 };

/** One page of a list under its name, with limit, offset, more and, if asked for, the total. */
export function page<T>(
  question: Question,
  name: string,
  rows: Rows<T>,
  show: (row: T) => object,
  size = CLASSIC,
): Page {
  const offset = question.whole('offset', 0);
  const limit = limitOf(question, size);
  if (offset + limit > CAP) {
    throw new ApiError('invalid_input', `The sum of offset and limit must not be over ${CAP}.`);
  }
  const repeats = question.ways.repeats && offset > 0;
  const from = repeats ? before(offset, limit, rows.length) : offset;
  return {
    [name]: cut(question, rows, from, limit).map(show),
    limit,
    offset,
    total: question.flag('total') ? rows.length : null,
    more: repeats || rows.length > offset + limit,
  };
}

/** One page of a list that is walked by cursor: the id of the last row seen, in a form that nobody should read. */
export function cursorPage<T extends { id: string }>(
  question: Question,
  name: string,
  rows: readonly T[],
): Record<string, unknown> {
  const limit = limitOf(question, BY_CURSOR);
  const cursor = question.text('cursor');
  const seen = cursor === null ? null : Buffer.from(cursor, 'base64url').toString();
  const from = seen === null ? 0 : rows.findIndex(({ id }) => id === seen) + 1;
  if (seen !== null && from === 0) throw new ApiError('invalid_input', 'cursor leads nowhere.');
  const shown = rows.slice(from, from + limit);
  const last = rows.length > from + limit ? shown.at(-1) : undefined;
  return { [name]: shown, limit, next_cursor: last ? Buffer.from(last.id).toString('base64url') : null };
}

/** Where the page before another begins; past the end it is the last page. */
function before(offset: number, limit: number, length: number): number {
  const last = Math.max(0, Math.ceil(length / limit) - 1) * limit;
  return Math.max(0, Math.min(offset - limit, last));
}

function cut<T>(question: Question, rows: Rows<T>, from: number, limit: number): readonly T[] {
  const { length } = rows;
  const isBackwards = question.ways.reversed && question.text('sort_by') === null;
  if (!isBackwards) return rows.slice(from, from + limit);
  return rows.slice(Math.max(0, length - from - limit), Math.max(0, length - from)).toReversed();
}

function limitOf(question: Question, { usual, most }: PageSize): number {
  const asked = question.whole('limit', usual);
  if (asked < 1) throw new ApiError('invalid_input', 'limit must be 1 or more.');
  if (asked > most && question.ways.overLimit === 'refuse') {
    throw new ApiError('invalid_input', `limit must not be over ${most}.`);
  }
  return Math.min(asked, most);
}
