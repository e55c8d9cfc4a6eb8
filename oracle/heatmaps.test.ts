import { expect, test } from 'vitest';
import { factsOf } from './facts.ts';
import { metricMapAnswer, nightMapAnswer } from './heatmaps.ts';
import { account, incident, notify } from './sample.ts';

const facts = factsOf(
  account({
    incidents: [incident('A', '2026-03-03T01:00:00Z')],
    logEntries: [notify('A', 'ANNA', '2026-03-03T01:00:00Z'), notify('A', 'ROY', '2026-03-05T01:00:00Z')],
  }),
);

const asked = {
  refId: 'A',
  range: { from: '2026-03-02T00:00:00.000Z', to: '2026-03-07T00:00:00.000Z' },
  timeZone: 'Europe/Berlin',
  filters: [],
  intervalMs: 1,
  maxDataPoints: 100,
};

test('weekdays and hours are those of the person, and what never happened is 0', () => {
  const pages = {
    ...asked,
    queryType: 'metric',
    metric: 'pages',
    format: 'heatmap',
    bucket: 'none',
  } as const;
  const { rows } = metricMapAnswer(facts, { ...pages, by: ['weekday', 'hour'] });
  expect(rows).toHaveLength(2 * 24);
  const some = rows.filter(({ cells }) => cells.figure !== 0).map(({ cells }) => cells);
  expect(some).toEqual([
    { row: 'Tuesday', hour: 2, figure: 1 },
    { row: 'Thursday', hour: 6, figure: 1 },
  ]);
});

test('nights stand at the midnight of their date, null where a person had none', () => {
  const view = 'sleep_interruptions';
  const { rows } = nightMapAnswer(facts, { ...asked, queryType: 'night', format: 'heatmap', view });
  expect(rows.map(({ cells }) => [cells.row, cells.time, cells.figure])).toEqual([
    ['anna', Date.parse('2026-03-01T23:00:00Z'), 1],
    ['anna', Date.parse('2026-03-02T23:00:00Z'), null],
    ['anna', Date.parse('2026-03-03T23:00:00Z'), null],
    ['roy', Date.parse('2026-03-01T23:00:00Z'), null],
    ['roy', Date.parse('2026-03-02T23:00:00Z'), null],
    ['roy', Date.parse('2026-03-03T23:00:00Z'), 1],
  ]);
});
