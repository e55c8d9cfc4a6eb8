import { column, type Statement, sql } from '../../sql/statement.ts';
import { FAMILIES, type Family } from '../families.ts';

/** A statistic over the rows of a metric that measures each row. */
export type Stat = 'p50' | 'p90' | 'p99' | 'mean';

/** One figure that can be asked for. */
export interface Metric {
  title: string;
  /** Grafana's unit id. */
  unit: string;
  description: string;
  /** The section of docs/definitions.md that says what it means. */
  section: string;
  family: Family;
  /** The instant of a row, in SQL and in words. */
  instant: Statement;
  instantName: string;
  /** Rows that belong to the metric at all. */
  where?: Statement;
  /** The figure over the rows of one group. */
  value: Statement | Readonly<Record<Stat, Statement>>;
  /** What an empty covered group has: 0 for counts and hours, null for what cannot be computed over nothing. */
  empty: 0 | null;
}

type About = Pick<Metric, 'title' | 'description' | 'section'> & { where?: Statement };

/** A count of rows. */
export function count<F extends Family>(
  family: F,
  at: keyof (typeof FAMILIES)[F]['instants'] & string,
  about: About,
): Metric {
  return { ...about, family, ...atInstant(family, at), unit: 'short', value: sql`count(*)`, empty: 0 };
}

/** The share of rows for which `hit` holds, 0-1. */
export function share<F extends Family>(
  family: F,
  at: keyof (typeof FAMILIES)[F]['instants'] & string,
  hit: Statement,
  about: About,
): Metric {
  const value = sql`avg(CASE WHEN ${hit} THEN 1.0 ELSE 0.0 END)`;
  return { ...about, family, ...atInstant(family, at), unit: 'percentunit', value, empty: null };
}

/** Percentiles (linear between ranks) and the mean of a duration in seconds. */
export function duration(at: 'created_at' | 'resolved_at', seconds: Statement, about: About): Metric {
  const percentile = (fraction: Statement) =>
    sql`percentile_cont(${fraction}) WITHIN GROUP (ORDER BY ${seconds})`;
  return {
    ...about,
    family: 'incident',
    ...atInstant('incident', at),
    unit: 's',
    where: about.where ? sql`${seconds} IS NOT NULL AND ${about.where}` : sql`${seconds} IS NOT NULL`,
    value: {
      p50: percentile(sql`0.5`),
      p90: percentile(sql`0.9`),
      p99: percentile(sql`0.99`),
      mean: sql`avg(${seconds})`,
    },
    empty: null,
  };
}

function atInstant<F extends Family>(family: F, at: keyof (typeof FAMILIES)[F]['instants'] & string) {
  const instants: Readonly<Record<string, Statement>> = FAMILIES[family].instants;
  return { instant: instants[at] ?? column('i', at), instantName: at };
}
