import type { DataQuery } from '@grafana/schema';
import type { Query } from '../backend/contract.ts';

/** Parts of the wire query that Grafana itself knows and the relay adds. */
type AddedOnTheWay = 'refId' | 'queryType' | 'range' | 'intervalMs' | 'maxDataPoints';

/** A query as a panel saves it: Grafana's envelope around the wire query. */
export interface PagebudgetQuery extends DataQuery, Omit<Query, AddedOnTheWay> {}

/** Changes to a query; `undefined` takes the property away. */
export type QueryPatch = { [Key in keyof PagebudgetQuery]?: PagebudgetQuery[Key] | undefined };

/** What a new panel asks: which teams were paged how often, in buckets that fit the range. */
export const defaultQuery = {
  queryType: 'metric',
  metric: 'paged_incidents',
  by: ['team'],
  bucket: 'auto',
  format: 'time_series',
} satisfies Partial<PagebudgetQuery>;

/** The query with the patch applied, without the properties that the patch sets to `undefined`. */
export function patched(query: PagebudgetQuery, patch: QueryPatch): PagebudgetQuery {
  const entries = Object.entries({ ...query, ...patch });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown as PagebudgetQuery;
}
