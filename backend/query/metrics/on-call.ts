import { column, sql } from '../../sql/statement.ts';
import type { Metric } from './metric.ts';

/** Metrics of on-call time. */
export const onCallMetrics = {
  on_call_hours: {
    title: 'On-call hours',
    section: '5-load-on-people',
    unit: 'h',
    description:
      'Hours on call at level 1; overlapping entries of one person count once, totals sum over people.',
    family: 'on_call',
    instant: column('s', 'start'),
    instantName: 'time, clipped to the bucket',
    value: sql`sum("seconds") / 3600.0`,
    empty: 0,
  },
} as const satisfies Record<string, Metric>;
