import { budgetPeriodOf } from './budgets.ts';
import { DAY, HOUR } from './calendar.ts';
import type { Oracle, Question } from './compare.ts';
import type { Interval } from './intervals.ts';
import { metricNames } from './metric-answer.ts';
import {
  type Asking,
  bucketQueries,
  comparisonQueries,
  dimensionQueries,
  dimensionsOf,
  filterQueries,
  isoRange,
  manyValued,
  mixedQueries,
  questioner,
  someOf,
  wholeQueries,
} from './metric-questions.ts';
import type { BudgetQuery, MetricQuery, NightMapQuery, OnCallQuery, Query, TableQuery } from './query.ts';
import { firstInstantOf, longRanges, within, zones } from './ranges.ts';

/** An account with more incidents than this is asked less of everything. */
const LARGE = 20_000;

const frame = { refId: 'A', intervalMs: 6 * HOUR, maxDataPoints: 500, filters: [] };

const nightViews = [
  'sleep_interruptions',
  'awake_minutes',
  'longest_block_minutes',
  'recovery_hours',
] as const;

function tableQueries(asking: Asking, seed: number): TableQuery[] {
  const { facts, isLarge } = asking;
  const { chance, filters } = questioner(asking, seed);
  const all = longRanges(facts, chance);
  const ranges = isLarge ? someOf(within(all, 10), asking, 3) : all;
  return ranges.flatMap((range) => {
    const query = (queryType: TableQuery['queryType'], chosen: TableQuery['filters']): TableQuery => ({
      ...frame,
      queryType,
      range: isoRange(range),
      timeZone: chance.pick(zones),
      filters: chosen,
      limit: 10_000,
    });
    return [
      query('incidents', []),
      query('incidents', filters('incidents', chance.pick(['service', 'team', 'urgency']), '=')),
      query('night', []),
      query('night', filters('pages', 'user', '=')),
      query('noise', []),
      query('noise', filters('incidents', chance.pick(['service', 'team']), chance.pick(['=', '!=']))),
      query('coverage', []),
      query('pages', []),
      query(
        'pages',
        filters('pages', chance.pick(['user', 'schedule', 'means', 'hour']), chance.pick(['=', '!='])),
      ),
      query('episodes', []),
      query('episodes', filters('incidents', chance.pick(['service', 'urgency']), chance.pick(['=', '!=']))),
      query('people', []),
      query('people', filters('pages', 'user', '=')),
    ];
  });
}

/** The log of a day and who was on call, in ranges that are harvested whole. */
function listQueries(asking: Asking, seed: number): (TableQuery | OnCallQuery)[] {
  const { facts } = asking;
  const { chance, filters } = questioner(asking, seed);
  const first = firstInstantOf(facts);
  const days = Math.floor((facts.harvestedUntil - first) / DAY) - 3;
  return Array.from({ length: 4 }, () => {
    const from = first + chance.below(days * DAY);
    const asked = (length: number, chosen: TableQuery['filters'] = []) => ({
      ...frame,
      range: isoRange({ from, to: from + length }),
      timeZone: chance.pick(zones),
      filters: chosen,
      limit: 10_000,
    });
    const onCall = (view: OnCallQuery['view'], length: number, on: string): OnCallQuery => ({
      ...asked(length, chance.below(2) === 0 ? [] : filters('on_call_hours', on, chance.pick(['=', '!=']))),
      queryType: 'on_call',
      view,
    });
    return [
      { ...asked(DAY), queryType: 'log_entries' as const },
      {
        ...asked(2 * DAY, filters('incidents', chance.pick(['service', 'team', 'urgency']), '=')),
        queryType: 'log_entries' as const,
      },
      onCall('now', DAY, chance.pick(['user', 'schedule', 'team'])),
      onCall('shifts', 3 * DAY, chance.pick(['user', 'schedule', 'team'])),
      onCall('gaps', 3 * DAY, chance.pick(['escalation_policy', 'team'])),
    ];
  }).flat();
}

/** Every metric that takes two dimensions as a heat map of weekdays and hours, and of another one and hours or weekdays, and over time; the nights of all and of one person. */
function mapQueries(asking: Asking, seed: number): (MetricQuery | NightMapQuery)[] {
  const { facts, isLarge } = asking;
  const { chance, filters, query } = questioner(asking, seed);
  const maps = metricNames
    .filter((metric) => dimensionsOf(metric).includes('hour'))
    .flatMap((metric) => {
      const other = chance.pick(
        dimensionsOf(metric).filter((name) => !['hour', 'weekday', ...manyValued].includes(name)),
      );
      const map = (by: string[], bucket: MetricQuery['bucket'] = 'none') =>
        query({ metric, by, bucket, format: 'heatmap' });
      return [
        map(['weekday', 'hour']),
        map([other, chance.pick(['hour', 'weekday'])]),
        map([other], chance.pick(['hour', 'day', 'week'])),
      ];
    });
  const ranges = longRanges(facts, chance);
  const nights = (isLarge ? within(ranges, 30) : ranges).flatMap((range): NightMapQuery[] => {
    const view = chance.pick(nightViews);
    const asked = {
      ...frame,
      queryType: 'night',
      format: 'heatmap',
      view,
      range: isoRange(range),
      limit: 10_000,
    } as const;
    const timeZone = chance.pick(zones);
    return [
      { ...asked, timeZone },
      { ...asked, timeZone, filters: filters('pages', 'user', '=') },
    ];
  });
  return [...maps, ...nights];
}

function budgetQueries({ facts, budgets, slos }: Oracle, asking: Asking): BudgetQuery[] {
  const end = facts.harvestedUntil;
  const ranges: Interval[] = [0, 5, 12.37, 40]
    .map((days) => Math.floor(end - days * DAY))
    .filter((to) => to - 30 * DAY >= firstInstantOf(facts))
    .map((to) => ({ from: to - 28 * DAY, to }));
  ranges.push({ from: end - 10 * DAY, to: end + 4 * DAY });
  const byShift = budgets.filter((budget) => 'shift' in budgetPeriodOf(budget));
  const lasting = budgets.filter((budget) => !byShift.includes(budget));
  return someOf(ranges, asking, 2).flatMap((range) => {
    const query = (
      queryType: BudgetQuery['queryType'],
      view: BudgetQuery['view'],
      name?: string,
    ): BudgetQuery => ({
      ...frame,
      queryType,
      view,
      range: isoRange(range),
      timeZone: facts.timeZone,
      ...(name === undefined ? {} : { name }),
    });
    return [
      query('budget', 'status'),
      ...lasting.flatMap(({ metadata }) => [
        query('budget', 'burn_down', metadata.name),
        query('budget', 'burn_rate', metadata.name),
      ]),
      ...(range.to > end ? [] : byShift).map(({ metadata }) => query('budget', 'shifts', metadata.name)),
      ...(slos.length > 0 ? [query('slo', 'status')] : []),
      ...slos.flatMap(({ metadata }) => [
        query('slo', 'status', metadata.name),
        query('slo', 'burn_down', metadata.name),
        query('slo', 'burn_rate', metadata.name),
      ]),
    ];
  });
}

function refusals(asking: Asking, seed: number): Question[] {
  const { query, filters } = questioner(asking, seed);
  const wrong: Partial<MetricQuery>[] = [
    { metric: 'interuptions' },
    { metric: 'incidents', by: ['user'] },
    { metric: 'on_call_hours', by: ['urgency'] },
    { metric: 'pages', by: ['servise'] },
    { metric: 'pages', stat: 'p90' },
    { metric: 'pages', timeZone: 'Europe/Berln' },
    { metric: 'pages', filters: [{ dimension: 'team', op: '=', values: ['No such team'] }] },
    { metric: 'incidents', filters: filters('pages', 'user', '=') },
    { metric: 'pages', filters: [{ dimension: 'service', op: '=~', values: ['('] }] },
    { metric: 'pages', range: { from: '2026-05-02T00:00:00.000Z', to: '2026-05-01T00:00:00.000Z' } },
    { metric: 'pages', range: { from: 'yesterday', to: '2026-05-01T00:00:00.000Z' } },
  ];
  return wrong.map((asked) => ({ query: query({ metric: metricNames[0] ?? '', ...asked }), refused: true }));
}

/** Everything that is asked of one account; the seed chooses values, ranges and zones where not all are tried. */
export function questionsFor(oracle: Oracle, seed: number): Question[] {
  const asking = { facts: oracle.facts, isLarge: oracle.facts.incidents.length > LARGE };
  const answered: Query[] = [
    ...dimensionQueries(asking, seed),
    ...someOf(bucketQueries(asking, seed + 1), asking, 5),
    ...someOf(filterQueries(asking, seed + 2), asking, 5),
    ...someOf(mixedQueries(asking, seed + 3), asking, 5),
    ...someOf(comparisonQueries(asking, seed + 5), asking, 3),
    ...wholeQueries(asking),
    ...tableQueries(asking, seed + 4),
    ...someOf(mapQueries(asking, seed + 7), asking, 3),
    ...listQueries(asking, seed + 6),
    ...budgetQueries(oracle, asking),
  ];
  return [...answered.map((query) => ({ query })), ...refusals(asking, seed)];
}
