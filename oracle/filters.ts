import type { Named } from './people.ts';
import type { Filter } from './query.ts';

/** Values of a dimension, asked by the dimension's name. */
export type ValuesOf = (dimension: string) => Named[];

function matches({ op, values }: Filter, { id, name }: Named): boolean {
  if (op === '=' || op === '!=') return values.includes(id) || values.includes(name);
  return values.some((value) => {
    const pattern = new RegExp(`^(?:${value})$`);
    return pattern.test(id) || pattern.test(name);
  });
}

/** Positive filters keep what has a matching value, negative ones what has none; all must agree. */
export function passes(filters: Filter[], valuesOf: ValuesOf): boolean {
  return filters.every((filter) => {
    const matching = valuesOf(filter.dimension).some((value) => matches(filter, value));
    return filter.op.startsWith('=') ? matching : !matching;
  });
}

/** The values that a dimension shows: all, or those that match where a positive filter is on that dimension. */
export function shownValues(filters: Filter[], dimension: string, valuesOf: ValuesOf): Named[] {
  const positive = filters.filter((filter) => filter.dimension === dimension && filter.op.startsWith('='));
  return valuesOf(dimension).filter((value) => positive.every((filter) => matches(filter, value)));
}

/** The groups to which a row belongs: one value per dimension, null where it has none. */
export function groupsOf(filters: Filter[], by: string[], valuesOf: ValuesOf): (Named | null)[][] {
  let groups: (Named | null)[][] = [[]];
  for (const dimension of by) {
    const values = shownValues(filters, dimension, valuesOf);
    groups = groups.flatMap((group) =>
      (values.length > 0 ? values : [null]).map((value) => [...group, value]),
    );
  }
  return groups;
}
