import { type Bucket, bucketsOf, type Unit, unitFor } from '../calendar/buckets.ts';
import { LOCAL_UNITS } from '../calendar/units.ts';
import { AppError } from '../errors.ts';
import { choose, type Question } from './question.ts';

/** Most buckets, or instants at which they begin, that one question may ask for. */
export const MOST_BUCKETS = 20_000;

/** The buckets of a question, with the key under which SQL groups each; null units mean the range undivided. */
export interface Buckets {
  unit: Unit | null;
  list: readonly Bucket[];
  /** The number of the bucket whose SQL key (local start, offset span) is given. */
  indexOf(key: number, span: number): number | undefined;
}

/** The buckets that a question asks for; throws AppError `invalid_query` where there would be too many. */
export function bucketsFor(question: Question): Buckets {
  const asked = choose('bucket', question.bucket, ['none', 'auto', 'hour', 'day', 'week', 'month']);
  const { from, to, zone } = question;
  if (asked === 'none') return { unit: null, list: [{ start: from, end: to }], indexOf: () => 0 };
  const unit =
    asked === 'auto' ? unitFor(question.intervalMs, question.maxDataPoints, from, to, zone) : asked;
  const list = bucketsOf(zone, unit, from, to);
  if (list.length > MOST_BUCKETS) {
    throw new AppError(
      'invalid_query',
      `bucket "${unit}" gives ${list.length} buckets, more than ${MOST_BUCKETS}: choose a larger bucket or a shorter range`,
    );
  }
  return bucketsWithin(unit, list, question);
}

/** Buckets that make up a range, with the keys that SQL gives them when it is asked for that range. */
export function bucketsWithin(
  unit: Unit,
  list: readonly Bucket[],
  { from, to, zone }: Pick<Question, 'from' | 'to' | 'zone'>,
): Buckets {
  const spans = zone.spans(from, to);
  const keyOf = (bucket: Bucket) => {
    const seen = Math.max(bucket.start, from);
    const span = unit === 'hour' ? spans.findIndex((one) => seen >= one.from && seen < one.to) : 0;
    return joined(LOCAL_UNITS[unit].floor(zone.toLocal(bucket.start)), span);
  };
  const numbers = new Map(list.map((bucket, index) => [keyOf(bucket), index]));
  return { unit, list, indexOf: (key, span) => numbers.get(joined(key, span)) };
}

/** Both parts of a key in one number: no range has so many spans. */
const joined = (key: number, span: number) => key * 1000 + span;
