import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import { randomAccount } from '../harvest/testing/random-account.ts';
import { BEGIN, drawFrom } from '../harvest/testing/random-rows.ts';
import type { Store } from '../store/store.ts';
import { dimensionsOfMetric } from './allowed.ts';
import { METRICS } from './metrics/index.ts';
import type { Metric } from './metrics/metric.ts';
import { permanent, storeOf, sumOf, tableOf, WHOLE } from './testing/random.ts';

const COUNTED = Object.keys(METRICS).filter((metric) => METRICS[metric]?.empty === 0);

/** A row may have several of these: it counts once in each and once in the whole. Two policies or schedules can name one person for the same hour. */
const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(COUNTED.map((metric) => [metric, ['team', 'schedule']])),
  on_call_hours: ['team', 'schedule', 'escalation_policy'],
};

const dimensionsWith = (metric: string) => dimensionsOfMetric(METRICS[metric] as Metric);
const isSeveral = (metric: string, dimension: string) => SEVERAL[metric]?.includes(dimension) ?? false;
const pairs = COUNTED.flatMap((metric) => dimensionsWith(metric).map((dimension) => [metric, dimension]));
const partitions = pairs.filter(([metric = '', dimension = '']) => !isSeveral(metric, dimension));
const overlaps = pairs.filter(([metric = '', dimension = '']) => isSeveral(metric, dimension));

/** In a team with hours of its own. */
const NIGHT_OWL = 'U2';

function classOf(weekday: number, hour: number): string {
  if (hour >= 22 || hour < 8) return 'sleep';
  return weekday <= 5 && hour < 18 ? 'business' : 'off';
}

describe.each([21, 22])('of random account %i', (seed) => {
  let store: Store;
  beforeAll(async () => {
    store = await storeOf(randomAccount(drawFrom(seed)).streams.flat());
  });
  afterAll(() => store.close());

  it('every metric that counts has something to count', async () => {
    for (const metric of COUNTED) expect(await sumOf(store, { metric }), metric).toBeGreaterThan(0);
  });

  it.each(partitions)('the groups of %s by %s add up to the whole', async (metric = '', dimension = '') => {
    const whole = await sumOf(store, { metric });
    expect(await sumOf(store, { metric, by: [dimension] })).toBeCloseTo(whole, 9);
    expect(await sumOf(store, { metric, by: [dimension], bucket: 'day' })).toBeCloseTo(whole, 9);
  });

  it.each(overlaps)(
    'the groups of %s by %s, of which a row may have several, are no less than the whole, and none is more',
    async (metric = '', dimension = '') => {
      const whole = await sumOf(store, { metric });
      const groups = await tableOf(store, { metric, by: [dimension] });
      const figures = groups.map((row) => Number(row[metric]));
      expect(figures.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(whole - 1e-9);
      expect(Math.max(...figures)).toBeLessThanOrEqual(whole + 1e-9);
    },
  );

  it('by team an incident of two teams counts in both of them', async () => {
    const whole = await sumOf(store, { metric: 'incidents' });
    expect(await sumOf(store, { metric: 'incidents', by: ['team'] })).toBeGreaterThan(whole);
  });

  it.each(COUNTED)('%s with a value and without it are the whole, by every dimension', async (metric) => {
    const whole = await sumOf(store, { metric });
    for (const dimension of dimensionsWith(metric)) {
      const [row] = await tableOf(store, { metric, by: [dimension] });
      const id = row?.[`${dimension}_id`] ?? row?.[dimension];
      if (id === null || id === undefined) continue;
      const filter = (op: '=' | '!=') => [{ dimension, op, values: [String(id)] }];
      const having = await sumOf(store, { metric, filters: filter('=') });
      const lacking = await sumOf(store, { metric, filters: filter('!=') });
      if (metric === 'on_call_hours' && isSeveral(metric, dimension))
        expect(having + lacking, dimension).toBeGreaterThanOrEqual(whole - 1e-9);
      else expect(having + lacking, dimension).toBeCloseTo(whole, 9);
    }
  });

  it.each(COUNTED)(
    '%s of buckets of any size, and of two halves of the range, are the whole',
    async (metric) => {
      const whole = await sumOf(store, { metric });
      for (const bucket of ['hour', 'day', 'week', 'month'] as const)
        for (const timeZone of ['Europe/Berlin', 'Australia/Lord_Howe'])
          expect(await sumOf(store, { metric, bucket, timeZone }), `${bucket} ${timeZone}`).toBeCloseTo(
            whole,
            9,
          );
      const middle = BEGIN + 2 * DAY + 17 * HOUR + 1234;
      const halves = [
        { from: WHOLE.from, to: middle },
        { from: middle, to: WHOLE.to },
      ];
      const [first = 0, second = 0] = await Promise.all(halves.map((half) => sumOf(store, { metric }, half)));
      expect(first + second).toBeCloseTo(whole, 9);
    },
  );

  it.each(['incidents', 'notifications', 'on_call_hours'])(
    'each hour of the week is of one hour class: %s',
    async (metric) => {
      const user = metric === 'incidents' ? [] : ['user'];
      const rows = await tableOf(store, { metric, by: [...user, 'weekday', 'hour', 'hour_class'] });
      const usual = rows.filter(({ user_id, hour }) => user_id !== NIGHT_OWL && hour !== null);
      expect(usual.length).toBeGreaterThan(20);
      for (const { weekday, hour, hour_class } of usual)
        expect(hour_class).toBe(classOf(Number(weekday), Number(hour)));
    },
  );
});

it('the classes of a week on call are 70, 50 and 48 hours', async () => {
  const week = { from: BEGIN + 4 * DAY, until: BEGIN + 11 * DAY };
  const store = await storeOf([permanent('U5')], week);
  const rows = await tableOf(store, { metric: 'on_call_hours', by: ['hour_class'] });
  expect(
    Object.fromEntries(rows.map(({ hour_class, on_call_hours }) => [hour_class, on_call_hours])),
  ).toEqual({
    sleep: 70,
    business: 50,
    off: 48,
  });
  await store.close();
});
