import { AppError } from '../../errors.ts';
import type { Statement } from '../../sql/statement.ts';
import { choose } from '../question.ts';
import type { Metric, RowMetric, Stat } from './metric.ts';

const STATS: readonly [Stat, ...Stat[]] = ['p50', 'p90', 'p99', 'mean'];

/** The statistics that a metric offers, the default first; none for counts and shares. */
export function statsOf(metric: Metric): readonly Stat[] {
  return 'value' in metric && isByStat(metric.value) ? STATS : [];
}

/** Refuses a stat on a metric without one. */
export function checkStat(name: string, metric: Metric, stat: string | undefined): void {
  if (stat && statsOf(metric).length === 0)
    throw new AppError('invalid_query', `metric "${name}" has no stat: leave stat out`);
}

/** The SQL of a metric's figure, of a duration's chosen statistic. */
export function figureOf({ value }: RowMetric, stat: string | undefined): Statement {
  return isByStat(value) ? value[choose('stat', stat, STATS)] : value;
}

function isByStat(value: RowMetric['value']): value is Readonly<Record<Stat, Statement>> {
  return 'p50' in value;
}
