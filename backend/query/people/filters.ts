import type { Filter } from '../../contract.ts';
import { AppError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { Reader } from '../../store/store.ts';
import { DIMENSIONS, type Known } from '../dimensions.ts';
import { knownValues } from '../filter.ts';
import { matching } from '../pattern.ts';
import type { View } from './view.ts';

/** The filters with people named by their ids; values are what the viewer sees of people, and nothing else finds one. Throws AppError `invalid_query`. */
export async function filtersSeen(
  filters: readonly Filter[],
  view: View,
  reader: Reader,
  signal?: AbortSignal,
): Promise<Filter[]> {
  if (view.policy === 'names' || filters.every(({ dimension }) => dimension !== 'user')) return [...filters];
  const people = await peopleSeen(view, reader, signal);
  return filters.map((filter) => (filter.dimension === 'user' ? byId(filter, people, view) : filter));
}

/** What is asked besides of rows that are each about one person: nobody's but the viewer's own where no others may be seen, so that none of these take up a limit or are counted. */
export function ownFilters({ policy, self }: View): Filter[] {
  if (policy !== 'aggregates') return [];
  return [{ dimension: 'user', op: '=', values: self === null ? [] : [self] }];
}

/** A person with what the viewer sees of them. */
interface Seen {
  id: string;
  shown: Known;
}

/** The people whom the viewer may see, as they are seen. */
export async function peopleSeen(view: View, reader: Reader, signal?: AbortSignal): Promise<Seen[]> {
  const all = await knownValues(reader, DIMENSIONS.user, signal);
  return all.flatMap(({ id, name }) => {
    const shown = view.show(id, name);
    return shown ? [{ id, shown }] : [];
  });
}

function byId({ dimension, op, values }: Filter, people: readonly Seen[], view: View): Filter {
  const found = op.endsWith('~')
    ? matching(
        dimension,
        values,
        people.map(({ id, shown }) => ({ ...shown, person: id })),
      ).map(({ person }) => person)
    : values.flatMap((value) => named(value, people, view));
  return { dimension, op: op.startsWith('!') ? '!=' : '=', values: [...new Set(found)] };
}

function named(value: string, people: readonly Seen[], view: View): string[] {
  const found = people.filter(({ shown }) => shown.id === value || shown.name === value);
  if (found.length > 0) return found.map(({ id }) => id);
  if (view.policy === 'aggregates') {
    throw new AppError(
      'invalid_query',
      'The configuration shows nobody but yourself (people: aggregates): take the filter on Person away, or name yourself.',
    );
  }
  const near = nearest(value, new Set(people.map(({ shown }) => shown.name)));
  throw new AppError(
    'invalid_query',
    `Person "${value}" is unknown; people go by pseudonyms here (people: pseudonyms): did you mean ${near.join(', ')}?`,
  );
}
