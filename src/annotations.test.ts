import { FieldType, toDataFrame } from '@grafana/data';
import { expect, test } from 'vitest';
import { eventsOf } from './annotations.ts';

const NOW = 10_000_000;

const incidents = toDataFrame({
  fields: [
    { name: 'time', type: FieldType.time, values: [1_000_000, 2_000_000, 3_000_000] },
    { name: 'number', type: FieldType.number, values: [1, 2, 3] },
    { name: 'id', type: FieldType.string, values: ['Q1', 'Q2', 'Q3'] },
    { name: 'title', type: FieldType.string, values: ['<b>disk</b> full', 'open', 'merged'] },
    { name: 'status', type: FieldType.string, values: ['resolved', 'triggered', 'resolved'] },
    { name: 'service', type: FieldType.string, values: ['api', 'web', null] },
    { name: 'time_to_resolve', type: FieldType.number, values: [600, null, null] },
    {
      name: 'url',
      type: FieldType.string,
      values: ['https://x.pagerduty.com/incidents/Q1', 'javascript:alert(1)', null],
    },
  ],
});

test('an incident is a region from its creation to its resolution, an open one up to now, a merged one a moment', () => {
  const events = eventsOf(incidents, NOW);
  expect(events.map(({ time, timeEnd }) => [time, timeEnd])).toEqual([
    [1_000_000, 1_600_000],
    [2_000_000, NOW],
    [3_000_000, undefined],
  ]);
});

test('titles are shown as text and only web addresses become links', () => {
  const [first, second, third] = eventsOf(incidents, NOW);
  expect(first?.title).toBe('#1 &lt;b&gt;disk&lt;/b&gt; full');
  expect(first?.text).toContain('href="https://x.pagerduty.com/incidents/Q1"');
  expect(second?.text).toBe('');
  expect(first?.tags).toEqual(['resolved', 'api']);
  expect(third?.tags).toEqual(['resolved']);
});

test('an episode ends with its last incident, and a table without times has no annotations', () => {
  const episodes = toDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: [5, 6] },
      { name: 'end', type: FieldType.time, values: [9, null] },
      { name: 'first_title', type: FieldType.string, values: ['a', 'b'] },
    ],
  });
  expect(eventsOf(episodes, NOW).map(({ title, timeEnd }) => [title, timeEnd])).toEqual([
    ['a', 9],
    ['b', NOW],
  ]);
  expect(eventsOf(toDataFrame({ fields: [{ name: 'team', values: ['a'] }] }), NOW)).toEqual([]);
});
