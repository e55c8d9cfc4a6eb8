import { column, sql } from '../../sql/statement.ts';
import { gini } from './gini.ts';
import type { LoadMetric, RowMetric } from './metric.ts';
import { peopleMetrics } from './people.ts';

const SECTION = '5-load-on-people';

const INSTANT = 'time, clipped to the bucket';

/** Metrics of on-call time. */
export const onCallMetrics = {
  on_call_hours: {
    title: 'On-call hours',
    section: SECTION,
    unit: 'h',
    description:
      'Hours on call at level 1; overlapping entries of one person count once, totals sum over people.',
    family: 'on_call',
    instant: column('s', 'start'),
    instantName: INSTANT,
    value: sql`sum("seconds") / 3600.0`,
    empty: 0,
  },
  interruptions_per_100_hours: {
    title: 'Interruptions per 100 on-call hours',
    section: SECTION,
    unit: 'none',
    description: 'All interruptions, also off duty, by the hours on call at level 1 of the same group.',
    family: 'on_call',
    instantName: `${INSTANT}; of interruptions their own`,
    interruptions: peopleMetrics.interruptions,
    each: 'group',
    figure: ([load]) => (load && load.hours > 0 ? (load.interruptions / load.hours) * 100 : null),
    empty: null,
    emptyWhere: 'nobody was on call',
  },
  gini: {
    title: 'Unevenness (Gini)',
    section: SECTION,
    unit: 'none',
    description:
      'How unevenly interruptions fall on the people with level 1 time: 0 alike, towards 1 all on one; under 0.2 even, to 0.4 watch.',
    family: 'on_call',
    dimensions: ['schedule', 'escalation_policy', 'team'],
    instantName: `${INSTANT}; of interruptions their own`,
    interruptions: peopleMetrics.interruptions,
    each: 'person',
    figure: (people) => gini(people.filter(({ hours }) => hours > 0).map((load) => load.interruptions)),
    empty: null,
    emptyWhere: 'fewer than 3 people were on call or nobody was interrupted',
  },
} as const satisfies Record<string, RowMetric | LoadMetric>;
