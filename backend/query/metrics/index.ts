import { incidentMetrics } from './incidents.ts';
import type { Metric } from './metric.ts';
import { onCallMetrics } from './on-call.ts';
import { peopleMetrics } from './people.ts';

/** Every metric, by the name queries use. */
export const METRICS: Readonly<Record<string, Metric>> = {
  ...incidentMetrics,
  ...peopleMetrics,
  ...onCallMetrics,
};
