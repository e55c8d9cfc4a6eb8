import type { Rows } from '../account/timeline.ts';
import { Fault } from './fault.ts';
import type { Question } from './question.ts';

const DEFAULT_LIMIT = 25;
const MOST = 100;
const CAP = 10_000;

/** One page of a list under its name, with limit, offset, more and, if asked for, the total. */
export function page<T>(question: Question, name: string, rows: Rows<T>, show: (row: T) => object): object {
  const offset = question.whole('offset', 0);
  const limit = limitOf(question);
  if (offset + limit > CAP) {
    throw new Fault('invalid_input', `The sum of offset and limit must not be over ${CAP}.`);
  }
  return {
    [name]: rows.slice(offset, offset + limit).map(show),
    limit,
    offset,
    total: question.flag('total') ? rows.length : null,
    more: rows.length > offset + limit,
  };
}

function limitOf(question: Question): number {
  const asked = question.whole('limit', DEFAULT_LIMIT);
  if (asked < 1) throw new Fault('invalid_input', 'limit must be 1 or more.');
  if (asked > MOST && question.settings.overLimit === 'refuse') {
    throw new Fault('invalid_input', `limit must not be over ${MOST}.`);
  }
  return Math.min(asked, MOST);
}
