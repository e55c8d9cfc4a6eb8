import type { Plans } from '../budgets/files.ts';
import type { FileSettings } from '../config.ts';
import type { ValuesResponse, Viewer } from '../contract.ts';
import type { Reader } from '../store/store.ts';
import { dimensions, type Known } from './dimensions.ts';
import { knownValues } from './filter.ts';
import { peopleSeen } from './people/filters.ts';
import { viewOf } from './people/view.ts';
import { lookUp } from './question.ts';

const MOST_VALUES = 5000;

/** Where values are looked up: the store, and what the budget files say now. */
export interface ValueSources {
  reader: Reader;
  plans: () => Plans;
  settings: Pick<FileSettings, 'people'>;
  /** Who asks; nobody where absent. */
  viewer?: Viewer | undefined;
}

type Find = (sources: ValueSources, signal?: AbortSignal) => Promise<Known[]>;

/** What has values: every dimension, and the budgets and SLOs that a query can name. */
const VALUES: Readonly<Record<string, Find>> = {
  ...Object.fromEntries(
    Object.entries(dimensions).map(([name, dimension]): [string, Find] => [
      name,
      ({ reader }, signal) => knownValues(reader, dimension, signal),
    ]),
  ),
  async user({ reader, settings, viewer }, signal) {
    const view = await viewOf(reader, settings.people, viewer, signal);
    const seen = (await peopleSeen(view, reader, signal)).map(({ shown }) => shown);
    return seen.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  budget: async ({ plans }) => plans().budgets.map(({ name }) => ({ id: name, name })),
  slo: async ({ plans }) => plans().slos.map(({ name }) => ({ id: name, name })),
};

/** The values of a dimension that a filter accepts (or the names of budgets or SLOs): those whose name or id contains `search`. */
export async function valuesOf(
  sources: ValueSources,
  dimension: string,
  search: string,
  signal?: AbortSignal,
): Promise<ValuesResponse> {
  const all = await lookUp('dimension', dimension, VALUES)(sources, signal);
  const wanted = search.toLowerCase();
  const found = all.filter(
    ({ id, name }) => name.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted),
  );
  return { values: found.slice(0, MOST_VALUES).map(({ id, name }) => ({ id, name })), total: found.length };
}
