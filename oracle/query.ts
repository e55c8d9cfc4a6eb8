/** The four filter operators: is, is not, matches, does not match. */
export type Operator = '=' | '!=' | '=~' | '!~';

/** One filter; values are ids or names, for =~ and !~ anchored patterns. */
export interface Filter {
  dimension: string;
  op: Operator;
  values: string[];
}

interface QueryBase {
  refId: string;
  range: { from: string; to: string };
  intervalMs: number;
  maxDataPoints: number;
  timeZone: string;
  filters: Filter[];
}

/** A metric over a range, by any dimensions that go with it. */
export interface MetricQuery extends QueryBase {
  queryType: 'metric';
  metric: string;
  stat?: 'p50' | 'p90' | 'p99' | 'mean';
  by: string[];
  bucket: 'none' | 'auto' | 'hour' | 'day' | 'week' | 'month';
  format: 'time_series' | 'table' | 'heatmap';
  compare?: 'previous';
}

/** A table of rows: incidents, nights, noisy fingerprints or coverage. */
export interface TableQuery extends QueryBase {
  queryType: 'incidents' | 'night' | 'noise' | 'coverage' | 'pages' | 'log_entries' | 'episodes' | 'people';
  limit?: number;
}

/** Nights as a heat map of persons and dates. */
export interface NightMapQuery extends QueryBase {
  queryType: 'night';
  format: 'heatmap';
  view: 'sleep_interruptions' | 'awake_minutes' | 'longest_block_minutes' | 'recovery_hours';
  limit?: number;
}

/** Who is on call, was, or when nobody was. */
export interface OnCallQuery extends QueryBase {
  queryType: 'on_call';
  view: 'now' | 'shifts' | 'gaps';
  limit?: number;
}

/** A budget or an SLO, or without a name all of them. */
export interface BudgetQuery extends QueryBase {
  queryType: 'budget' | 'slo';
  view: 'status' | 'burn_down' | 'burn_rate' | 'shifts';
  name?: string;
}

/** What one question asks, as POST /query takes it. */
export type Query = MetricQuery | TableQuery | NightMapQuery | OnCallQuery | BudgetQuery;

/** The range of a query in epoch milliseconds. */
export function rangeOf(query: Query): { from: number; to: number } {
  return { from: Date.parse(query.range.from), to: Date.parse(query.range.to) };
}
