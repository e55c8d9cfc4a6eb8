import { column, type Statement, sql } from '../../sql/statement.ts';
import type { DimensionName } from '../dimensions.ts';
import { FAMILIES, type Family } from '../families.ts';

/** A statistic over the rows of a metric that measures each row. */
export type Stat = 'p50' | 'p90' | 'p99' | 'mean';

/** What every metric tells of itself. */
interface About {
  title: string;
  description: string;
  /** The section of docs/definitions.md that says what it means. */
  section: string;
}

interface Described extends About {
  /** Grafana's unit id. */
  unit: string;
  /** Whose dimensions it takes. */
  family: Family;
  /** The dimensions that it takes, where these are fewer than its family's. */
  dimensions?: readonly DimensionName[];
  /** The instant that places a row in time, in words. */
  instantName: string;
  /** What an empty covered group has: 0 for counts and hours, null for what cannot be computed over nothing. */
  empty: 0 | null;
  /** When a figure cannot be computed, in words that go on from "is empty where". */
  emptyWhere?: string;
}

/** A figure over the rows of one family. */
export interface RowMetric extends Described {
  /** The instant of a row. */
  instant: Statement;
  /** Rows that belong to the metric at all; of those at or after an instant where that tells how far back other tables must be looked through. */
  where?: Statement | ((from: number) => Statement);
  /** What its figure needs beside the family's rows of [from, to). */
  joins?: (from: number, to: number) => Statement;
  /** The figure over the rows of one group. */
  value: Statement | Readonly<Record<Stat, Statement>>;
}

/** What a group of people had: interruptions and hours on call. */
export interface Load {
  interruptions: number;
  hours: number;
}

/** A figure from the interruptions and the on-call hours of the same group. */
export interface LoadMetric extends Described {
  /** The interruptions that it is made of. */
  interruptions: RowMetric;
  /** Told from the group as a whole, or from each of its people. */
  each: 'group' | 'person';
  figure(loads: readonly Load[]): number | null;
}

/** One figure that can be asked for. */
export type Metric = RowMetric | LoadMetric;

type More = About & Pick<RowMetric, 'where' | 'joins'>;

type InstantOf<F extends Family> = keyof (typeof FAMILIES)[F]['instants'] & string;

/** A count of rows. */
export function count<F extends Family>(family: F, at: InstantOf<F>, about: More): RowMetric {
  return { ...about, family, ...atInstant(family, at), unit: 'short', value: sql`count(*)`, empty: 0 };
}

/** The share of rows for which `hit` holds, 0-1. */
export function share<F extends Family>(family: F, at: InstantOf<F>, hit: Statement, about: More): RowMetric {
  return ratio(family, at, sql`avg(CASE WHEN ${hit} THEN 1.0 ELSE 0.0 END)`, about);
}

/** A share or ratio that `value` computes over the rows of a group, 0-1 unless it has another unit. */
export function ratio<F extends Family>(
  family: F,
  at: InstantOf<F>,
  value: Statement,
  about: More & { unit?: string; emptyWhere?: string },
): RowMetric {
  return { unit: 'percentunit', ...about, family, ...atInstant(family, at), value, empty: null };
}

/** The condition for rows at or after an instant to belong to a metric. */
export function belongs({ where = sql`TRUE` }: RowMetric, from: number): Statement {
  return typeof where === 'function' ? where(from) : where;
}

/** Percentiles (linear between ranks) and the mean of a duration in seconds. */
export function duration(
  at: 'created_at' | 'resolved_at',
  seconds: Statement,
  about: About & Pick<RowMetric, 'where'>,
): RowMetric {
  const percentile = (fraction: Statement) =>
    sql`percentile_cont(${fraction}) WITHIN GROUP (ORDER BY ${seconds})`;
  return {
    where: sql`${seconds} IS NOT NULL`,
    ...about,
    family: 'incident',
    ...atInstant('incident', at),
    unit: 's',
    value: {
      p50: percentile(sql`0.5`),
      p90: percentile(sql`0.9`),
      p99: percentile(sql`0.99`),
      mean: sql`avg(${seconds})`,
    },
    empty: null,
  };
}

function atInstant<F extends Family>(family: F, at: InstantOf<F>) {
  const instants: Readonly<Record<string, Statement>> = FAMILIES[family].instants;
  return { instant: instants[at] ?? column('f', at), instantName: at };
}
