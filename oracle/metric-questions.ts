import { quarterOf, remembered } from './calendar.ts';
import {
  clockDimensions,
  contactDimensions,
  dutyDimensions,
  incidentDimensions,
  valuesOf,
} from './dimensions.ts';
import type { Facts } from './facts.ts';
import type { Interval } from './intervals.ts';
import { loads } from './load.ts';
import { metricNames } from './metric-answer.ts';
import { metrics } from './metrics.ts';
import type { Named } from './people.ts';
import type { Filter, MetricQuery, Operator } from './query.ts';
import { type Chance, chanceOf } from './random.ts';
import { firstInstantOf, longRanges, shortRanges, within, zones } from './ranges.ts';

type Family = 'incident' | 'people' | 'duty';

const clocks = Object.keys(clockDimensions);

const dimensions: Record<Family, string[]> = {
  incident: [...Object.keys(incidentDimensions), ...clocks],
  people: [...Object.keys(contactDimensions), ...clocks],
  duty: [...Object.keys(dutyDimensions), ...clocks],
};

const operators: Operator[] = ['=', '!=', '=~', '!~'];

/** Dimensions of so many values that, in the buckets of a long range, they would pass the limit of rows. */
export const manyValued = ['fingerprint', 'category'];

function familyOf(metric: string): Family {
  return metrics[metric]?.family ?? 'duty';
}

/** The dimensions that go with a metric. */
export function dimensionsOf(metric: string): string[] {
  return loads[metric]?.dimensions ?? dimensions[familyOf(metric)];
}

const clockValues: Record<string, (string | number)[]> = {
  hour_class: ['sleep', 'business', 'off'],
  weekday: [1, 2, 3, 4, 5, 6, 7],
  hour: Array.from({ length: 24 }, (_, hour) => hour),
};

function occurring(facts: Facts, family: Family, dimension: string): Named[] {
  const ofClock = clockValues[dimension];
  if (ofClock) return ofClock.map((value) => ({ id: String(value), name: String(value) }));
  const subjects = {
    incident: () =>
      facts.incidents.map((one) =>
        valuesOf(incidentDimensions, one, { instant: one.createdAt, zone: 'UTC' }),
      ),
    people: () =>
      facts.pages.map((one) =>
        valuesOf(contactDimensions, one, { instant: one.time, zone: one.person.zone }),
      ),
    duty: () =>
      facts.duties.map((one) => valuesOf(dutyDimensions, one, { instant: facts.since, zone: 'UTC' })),
  };
  const values = subjects[family]().flatMap((of) => of(dimension));
  return [...new Map(values.map((value) => [value.id, value])).values()];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What questions are made for: of a large account they are about ranges of a month and less, as answers hold so many rows, and fewer of each kind. */
export interface Asking {
  facts: Facts;
  isLarge: boolean;
}

/** All of them, or of a large account every so manieth. */
export function someOf<T>(questions: T[], { isLarge }: Asking, every: number): T[] {
  return isLarge ? questions.filter((_, index) => index % every === 0) : questions;
}

/** Every metric over all that is known of an account. */
export function wholeQueries({ facts }: Asking): MetricQuery[] {
  const range = isoRange({ from: firstInstantOf(facts), to: facts.harvestedUntil });
  return metricNames.map((metric, index) => ({
    ...{ refId: 'A', queryType: 'metric', metric, by: [], filters: [], format: 'table', range },
    ...{ bucket: 'month', timeZone: zones[index % zones.length] ?? 'UTC', intervalMs: 1, maxDataPoints: 100 },
  }));
}

/** Makes metric questions of one account, with values that occur in it. */
export function questioner({ facts, isLarge }: Asking, seed: number) {
  const chance = chanceOf(seed);
  const all = longRanges(facts, chance);
  const long = isLarge ? within(all, 30) : all;
  const short = shortRanges(facts, chance);
  const occurrences = new Map<string, Named[]>();
  const occurringIn = (family: Family, dimension: string): Named[] =>
    remembered(occurrences, `${family} ${dimension}`, () => occurring(facts, family, dimension));
  const isShort = (query: { by: string[]; bucket: string }) =>
    query.bucket === 'hour' ||
    (query.bucket !== 'none' && (query.by.length > 1 || query.by.some((name) => manyValued.includes(name))));
  return {
    chance,
    filters: (metric: string, dimension: string, op: Operator): Filter[] => {
      const known = occurringIn(familyOf(metric), dimension);
      if (known.length === 0) return [];
      const first = chance.pick(known);
      const second = chance.pick(known);
      const texts = [chance.pick([first.id, first.name]), second.name];
      if (!op.endsWith('~')) return [{ dimension, op, values: texts }];
      const start = escaped(first.name.slice(0, Math.ceil(first.name.length / 2)));
      return [{ dimension, op, values: [`${start}.*`, escaped(second.id)] }];
    },
    query: (asked: Partial<MetricQuery> & { metric: string }): MetricQuery => {
      const shape = { by: [], bucket: 'none' as const, ...asked };
      const range = chance.pick(isShort(shape) ? short : long);
      return { ...common(range, chance), queryType: 'metric', format: 'table', filters: [], ...shape };
    },
  };
}

function common(range: Interval, chance: Chance) {
  return {
    refId: 'A',
    range: isoRange(range),
    intervalMs: chance.pick([60_000, 7_200_000, 90_000_000]),
    maxDataPoints: chance.pick([20, 100, 1000]),
    timeZone: chance.pick(zones),
  };
}

/** A range as queries write it: ISO 8601 with milliseconds and Z. */
export function isoRange({ from, to }: Interval): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** Every metric by every dimension that goes with it, whole or in buckets, half of them filtered. */
export function dimensionQueries(asking: Asking, seed: number): MetricQuery[] {
  const { chance, filters: filtersOn, query } = questioner(asking, seed);
  return metricNames.flatMap((metric) =>
    dimensionsOf(metric).map((dimension) => {
      const bucket = chance.pick(['none', 'none', 'hour', 'day', 'week', 'month'] as const);
      const on = chance.pick(dimensionsOf(metric));
      const filters = chance.below(2) === 0 ? [] : filtersOn(metric, on, chance.pick(operators));
      const format = bucket === 'none' ? 'table' : chance.pick(['table', 'time_series'] as const);
      return query({ metric, by: [dimension], bucket, filters, format });
    }),
  );
}

/** Every metric in every bucket without a group, in two zones, all of them in turn. */
export function bucketQueries(asking: Asking, seed: number): MetricQuery[] {
  const { chance, query } = questioner(asking, seed);
  let asked = seed;
  return metricNames.flatMap((metric) =>
    (['none', 'hour', 'day', 'week', 'month', 'auto'] as const).flatMap((bucket) =>
      [1, 4].map((step) => {
        asked += step;
        const timeZone = zones[asked % zones.length] ?? 'UTC';
        const format = bucket === 'none' ? 'table' : chance.pick(['table', 'time_series'] as const);
        return query({ metric, bucket, timeZone, format });
      }),
    ),
  );
}

/** Every dimension under every operator, alone and, by that dimension, showing only what matches. */
export function filterQueries(asking: Asking, seed: number): MetricQuery[] {
  const { chance, filters: filtersOn, query } = questioner(asking, seed);
  return (['incident', 'people', 'duty'] as const).flatMap((family) => {
    const all = metricNames.filter((name) => familyOf(name) === family);
    return dimensions[family].flatMap((dimension) => {
      const of = all.filter((name) => dimensionsOf(name).includes(dimension));
      return operators.flatMap((op) => {
        const metric = chance.pick(of);
        const filters = filtersOn(metric, dimension, op);
        return [query({ metric, filters }), query({ metric, filters, by: [dimension] })];
      });
    });
  });
}

/** Pairs of dimensions under two filters, and every statistic of the times. */
export function mixedQueries(asking: Asking, seed: number): MetricQuery[] {
  const { chance, filters: filtersOn, query } = questioner(asking, seed);
  const pairs = Array.from({ length: 80 }, () => {
    const metric = chance.pick(metricNames);
    const [first, second, third] = Array.from({ length: 3 }, () => chance.pick(dimensionsOf(metric)));
    const by = [...new Set([first ?? '', second ?? ''])];
    const bucket = chance.pick(['none', 'day', 'week'] as const);
    const filters = [
      ...filtersOn(metric, third ?? '', chance.pick(operators)),
      ...filtersOn(metric, 'team', '!='),
    ];
    return query({ metric, by, bucket, filters });
  });
  const stats = ['time_to_acknowledge', 'time_to_resolve'].flatMap((metric) =>
    (['p50', 'p90', 'p99', 'mean'] as const).flatMap((stat) => [
      query({ metric, stat, by: ['service'] }),
      query({ metric, stat, by: ['urgency'], bucket: 'day', format: 'time_series' }),
    ]),
  );
  return [...pairs, ...stats];
}

/** Every metric beside the period before, whole and in buckets, by one dimension and by none; the ranges begin and end on the quarter hour, as on-call time is counted in quarters. */
export function comparisonQueries(asking: Asking, seed: number): MetricQuery[] {
  const { chance, query } = questioner(asking, seed);
  const aligned = ({ range, ...asked }: MetricQuery): MetricQuery => {
    const [from, to] = [range.from, range.to].map((instant) => quarterOf(Date.parse(instant)));
    return { ...asked, range: isoRange({ from: from ?? 0, to: to ?? 0 }), compare: 'previous' };
  };
  return metricNames.flatMap((metric) =>
    (['none', 'day'] as const).flatMap((bucket) =>
      [[chance.pick(dimensionsOf(metric))]].map((by) =>
        aligned(query({ metric, bucket, by, format: 'table' })),
      ),
    ),
  );
}
