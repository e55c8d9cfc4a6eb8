import { AppError } from '../../errors.ts';
import type { Statement } from '../../sql/statement.ts';
import { choose } from '../question.ts';
import type { Metric, Stat } from './metric.ts';

const STATS: readonly [Stat, ...Stat[]] = ['p50', 'p90', 'p99', 'mean'];

/** The statistics that a metric offers, the default first; none for counts and shares. */
export function statsOf(metric: Metric): readonly Stat[] {
  return isByStat(metric.value) ? STATS : [];
}

/** The SQL of a metric's figure; a stat on a metric without one is an error. */
export function statOf(name: string, metric: Metric, stat: string | undefined): Statement {
  if (isByStat(metric.value)) return metric.value[choose('stat', stat, STATS)];
  if (!stat) return metric.value;
  throw new AppError('invalid_query', `metric "${name}" has no stat: leave stat out`);
}

function isByStat(value: Metric['value']): value is Readonly<Record<Stat, Statement>> {
  return 'p50' in value;
}
