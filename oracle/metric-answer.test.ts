import { expect, test } from 'vitest';
import { quantile } from './aggregate.ts';
import type { Answer } from './answer.ts';
import { factsOf } from './facts.ts';
import { metricAnswer } from './metric-answer.ts';
import type { MetricQuery } from './query.ts';
import { account, duty, entry, incident, notify, reference } from './sample.ts';

function asked(fields: Partial<MetricQuery>): MetricQuery {
  return {
    refId: 'A',
    queryType: 'metric',
    metric: 'incidents',
    by: [],
    bucket: 'none',
    format: 'table',
    filters: [],
    range: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' },
    timeZone: 'UTC',
    intervalMs: 60_000,
    maxDataPoints: 100,
    ...fields,
  };
}

function table(answer: Answer, ...columns: string[]): unknown[][] {
  return answer.rows
    .filter(({ required }) => required)
    .map(({ cells }) => columns.map((column) => cells[column]));
}

const two = [reference('team', 'T'), reference('team', 'T2')];
const facts = factsOf(
  account({
    incidents: [
      incident('I1', '2026-03-02T23:30:00Z', { teams: two, resolved_at: '2026-03-02T23:31:00Z' }),
      incident('I2', '2026-03-04T12:00:00Z', { urgency: 'low', resolved_at: '2026-03-09T12:00:00Z' }),
      incident('I3', '2026-03-04T13:00:00Z', { teams: [], service: reference('service', 'S2') }),
      incident('I4', '2026-03-08T00:00:00Z'),
    ],
    logEntries: [
      notify('I1', 'ANNA', '2026-03-02T23:30:00Z'),
      notify('I1', 'ROY', '2026-03-02T23:30:00Z'),
      notify('I2', 'ANNA', '2026-03-04T12:00:00Z'),
      entry('acknowledge', 'I2', '2026-03-04T12:01:00Z', { agent: reference('user', 'ANNA') }),
      entry('acknowledge', 'I3', '2026-03-04T13:02:00Z', { agent: reference('user', 'ANNA') }),
    ],
    onCalls: [
      duty('ANNA', '2026-02-23T12:00:00Z', '2026-03-02T12:00:00Z'),
      { ...duty('ANNA', null, null), schedule: null },
      { ...duty('ROY', '2026-03-02T18:00:00Z', '2026-03-02T19:00:00Z') },
      { ...duty('ROY', null, null), escalation_level: 2 },
    ],
  }),
);
const answer = (fields: Partial<MetricQuery>) => metricAnswer(facts, asked(fields));

test('a row of two teams counts in both and once in the total', () => {
  expect(table(answer({}), 'incidents')).toEqual([[3]]);
  expect(table(answer({ by: ['team'] }), 'team', 'team_id', 'incidents')).toEqual([
    ['t', 'T', 2],
    ['t2', 'T2', 1],
    [null, null, 1],
  ]);
});

test('a positive filter shows matching values only and a negative one lets nothing pass through', () => {
  const by = (op: '=' | '!=' | '=~' | '!~', ...values: string[]) =>
    table(answer({ by: ['team'], filters: [{ dimension: 'team', op, values }] }), 'team_id', 'incidents');
  expect(by('=', 't2')).toEqual([['T2', 1]]);
  expect(by('!=', 'T2')).toEqual([
    ['T', 1],
    [null, 1],
  ]);
  expect(by('=~', 'T')).toEqual([['T', 2]]);
  expect(by('!~', 't.*')).toEqual([[null, 1]]);
});

test('buckets are dense and follow the zone of the query, hour classes that of the person', () => {
  const range = { from: '2026-03-02T12:00:00.000Z', to: '2026-03-04T12:30:00.000Z' };
  const days = answer({ metric: 'pages', bucket: 'day', timeZone: 'Europe/Berlin', range });
  expect(table(days, 'time', 'pages')).toEqual([
    [Date.parse('2026-03-01T23:00:00Z'), 0],
    [Date.parse('2026-03-02T23:00:00Z'), 2],
    [Date.parse('2026-03-03T23:00:00Z'), 1],
  ]);
  const classes = answer({ metric: 'pages', by: ['user', 'hour_class'], timeZone: 'Europe/Berlin' });
  expect(table(classes, 'user', 'hour_class', 'pages')).toEqual([
    ['anna', 'sleep', 1],
    ['roy', 'sleep', 1],
    ['anna', 'business', 1],
  ]);
});

test('each metric has one instant per row, and nothing over nothing is null', () => {
  expect(table(answer({ metric: 'time_to_acknowledge' }), 'time_to_acknowledge')).toEqual([[90]]);
  expect(table(answer({ metric: 'time_to_resolve' }), 'time_to_resolve')).toEqual([[60]]);
  expect(table(answer({ metric: 'unacknowledged_share' }), 'unacknowledged_share')).toEqual([[1 / 3]]);
  const empty = { range: { from: '2026-02-01T00:00:00.000Z', to: '2026-02-02T00:00:00.000Z' } };
  expect(table(answer({ metric: 'auto_resolved_share', ...empty }), 'auto_resolved_share')).toEqual([[null]]);
  expect(table(answer({ metric: 'incidents', ...empty }), 'incidents')).toEqual([[0]]);
});

test('what lies past the harvest is null and never 0', () => {
  const range = { from: '2026-04-30T00:00:00.000Z', to: '2026-05-03T00:00:00.000Z' };
  const { rows } = answer({ bucket: 'day', range });
  expect(rows.map(({ cells }) => cells.incidents)).toEqual([0, null, null]);
});

test('on-call hours unite a person, clip to the range and split by the clock of the person', () => {
  const hours = (fields: Partial<MetricQuery>, ...columns: string[]) =>
    table(answer({ metric: 'on_call_hours', ...fields }), ...columns, 'on_call_hours');
  expect(hours({})).toEqual([[169]]);
  expect(hours({ by: ['schedule'] }, 'schedule')).toEqual([
    ['k', 37],
    [null, 168],
  ]);
  expect(
    hours(
      { by: ['user', 'hour_class'], filters: [{ dimension: 'user', op: '=', values: ['roy'] }] },
      'hour_class',
    ),
  ).toEqual([['sleep', 1]]);
  expect(hours({ filters: [{ dimension: 'hour_class', op: '=', values: ['business'] }] })).toEqual([[50]]);
});

test('percentiles are linear between ranks', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([10, 20], 0.9)).toBe(19);
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([], 0.5)).toBeNull();
});
