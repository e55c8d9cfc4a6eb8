import { z } from 'zod';
import { DAY } from '../clock.ts';
import { duration, fields, list, oneOf, text } from './document.ts';

/** A service level objective over time: the share of a rolling window in which none of its services has a high-urgency incident open. */
export interface Slo {
  name: string;
  title: string;
  description: string | null;
  /** The service that the document names. */
  service: string;
  /** Names or ids of the PagerDuty services that are watched together. */
  services: string[];
  /** Share of good time wanted, over 0 and under 1. */
  target: number;
  /** Milliseconds. */
  window: number;
}

/** A named indicator that objectives refer to. */
export interface Sli {
  name: string;
  services: string[];
}

const DEFAULT_WINDOW = 28 * DAY;

const labels = z.record(z.string(), z.unknown(), { error: 'must be labels with their values' }).optional();
const someText = text('must be a text').optional();

const metadata = fields({
  name: text('must be a name'),
  displayName: someText,
  labels,
  annotations: labels,
});

const serviceNames = list(
  text('must be the name or id of a service'),
  'must be a list of service names or ids',
);

const metricSource = fields({
  metricSourceRef: someText,
  type: z.literal('PagerDuty', { error: 'must be PagerDuty: other sources are not read' }),
  spec: fields({ services: serviceNames }),
});

const timeIndicator = fields({
  description: someText,
  ratioMetric: fields({
    counter: z.boolean({ error: 'must be true or false' }).optional(),
    rawType: z.literal('failure', { error: 'must be failure: the raw metric is the share of bad time' }),
    raw: fields({ metricSource }),
  }),
}).transform((spec) => spec.ratioMetric.raw.metricSource.spec.services);

/** An indicator of another form gets one fault that says so, instead of one for each field that it lacks. */
const indicatorSpec = z
  .unknown()
  .refine(isRawRatio, {
    error:
      'must be a ratioMetric of rawType failure whose raw.metricSource has type PagerDuty and spec.services: other indicators are not read',
  })
  .pipe(timeIndicator);

const timeWindow = fields({
  duration: duration('28d'),
  isRolling: z.literal(true, { error: 'must be true: windows aligned with the calendar are not read' }),
  calendar: z
    .undefined({ error: 'must be left out: windows aligned with the calendar are not read' })
    .optional(),
});

const shareRule = { error: 'must be a share over 0 and under 1, such as 0.999' };
const percentRule = { error: 'must be a percentage over 0 and under 100, such as 99.9' };

const objective = fields({
  displayName: someText,
  target: z.number(shareRule).gt(0, shareRule).lt(1, shareRule).optional(),
  targetPercent: z.number(percentRule).gt(0, percentRule).lt(100, percentRule).optional(),
})
  .refine(({ target, targetPercent }) => (target === undefined) !== (targetPercent === undefined), {
    error: 'must hold either target, such as 0.999, or targetPercent, such as 99.9',
  })
  .transform(({ target, targetPercent }) => target ?? (targetPercent ?? 0) / 100);

const oneObjective = { error: 'must be a list of exactly one objective' };
const oneWindow = { error: 'must be a list of one window, such as [{duration: 28d, isRolling: true}]' };
const version = z.literal('openslo/v1', { error: 'must be openslo/v1' });

/** The SLI document of OpenSLO v1 (https://github.com/OpenSLO/OpenSLO), as far as it tells bad time. */
export const sliDocument = fields({
  apiVersion: version,
  kind: z.literal('SLI'),
  metadata,
  spec: indicatorSpec,
}).transform(({ metadata: { name }, spec }): Sli => ({ name, services: spec }));

const inlineIndicator = fields({ metadata: metadata.optional(), spec: indicatorSpec }).transform(
  ({ spec }) => spec,
);

const BUDGETING = ['Occurrences', 'Timeslices', 'RatioTimeslices'] as const;

/** The SLO document of OpenSLO v1; where it refers to an SLI document, its services are still to be taken from there. */
export const sloDocument = fields({
  apiVersion: version,
  kind: z.literal('SLO'),
  metadata,
  spec: fields({
    description: someText,
    service: text('must be the name of the service'),
    indicator: inlineIndicator.optional(),
    indicatorRef: text('must be the name of an SLI document of this folder').optional(),
    timeWindow: z.array(timeWindow, oneWindow).length(1, oneWindow).optional(),
    budgetingMethod: oneOf(BUDGETING).optional(),
    objectives: z.array(objective, oneObjective).length(1, oneObjective),
  }).refine(({ indicator, indicatorRef }) => (indicator === undefined) !== (indicatorRef === undefined), {
    path: ['indicator'],
    error: 'must be given here or by indicatorRef, and not by both',
  }),
}).transform(({ metadata: { name, displayName }, spec }) => ({
  name,
  indicatorRef: spec.indicatorRef ?? null,
  slo: {
    name,
    title: displayName ?? name,
    description: spec.description ?? null,
    service: spec.service,
    services: spec.indicator ?? [],
    target: spec.objectives[0] ?? 0,
    window: spec.timeWindow?.[0]?.duration ?? DEFAULT_WINDOW,
  } satisfies Slo,
}));

function isRawRatio(spec: unknown): boolean {
  return z.looseObject({ ratioMetric: z.looseObject({ raw: z.looseObject({}) }) }).safeParse(spec).success;
}
