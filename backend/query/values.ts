import type { ValuesResponse } from '../contract.ts';
import type { Reader } from '../store/store.ts';
import { dimensions } from './dimensions.ts';
import { knownValues } from './filter.ts';
import { lookUp } from './question.ts';

const MOST_VALUES = 5000;

/** The values of a dimension that a filter accepts, those whose name or id contains `search` only, by name. */
export async function valuesOf(
  reader: Reader,
  dimension: string,
  search: string,
  signal?: AbortSignal,
): Promise<ValuesResponse> {
  const all = await knownValues(reader, lookUp('dimension', dimension, dimensions), signal);
  const wanted = search.toLowerCase();
  const found = all.filter(
    ({ id, name }) => name.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted),
  );
  return { values: found.slice(0, MOST_VALUES).map(({ id, name }) => ({ id, name })), total: found.length };
}
