import type { Metric } from './metrics.ts';

/** The value at a share of the way through the sorted values, linear between two ranks (percentile_cont). */
export function quantile(values: number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (position - Math.floor(position));
}

/** The mean of values, null without any. */
export function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const shares = { p50: 0.5, p90: 0.9, p99: 0.99 };

/** Makes one number of a group's values: a count is 0 over nothing, everything else is null. */
export function aggregated(
  aggregate: Metric['aggregate'],
  values: number[],
  stat: keyof typeof shares | 'mean' = 'p50',
): number | null {
  if (aggregate === 'count') return values.reduce((sum, value) => sum + value, 0);
  if (aggregate === 'compression') {
    const alerts = values.reduce((sum, value) => sum + value, 0);
    return alerts === 0 ? null : 1 - values.filter((value) => value > 0).length / alerts;
  }
  if (aggregate === 'share' || stat === 'mean') return mean(values);
  return quantile(values, shares[stat]);
}
