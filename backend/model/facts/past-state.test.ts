import { expect, it } from 'vitest';
import { priorityAt, urgencyAt } from './past-state.ts';
import { CREATED, sampleEntry } from './testing/samples.ts';

const seconds = (count: number) => CREATED + count * 1000;
const urgency = [sampleEntry('urgency_change', 100), sampleEntry('urgency_change', 200)];

it.each([
  [50, 'high'],
  [99, 'high'],
  [100, 'low'],
  [199, 'low'],
  [200, 'high'],
])('walks back from the present urgency, so that after %i s it was %s', (after, was) => {
  expect(urgencyAt(seconds(after), 'high', urgency)).toBe(was);
});

const priority = [
  sampleEntry('priority_change', 100, { old_priority: null }),
  sampleEntry('priority_change', 200, { old_priority: 'P2' }),
];

it.each([
  [99, null],
  [100, 'P2'],
  [199, 'P2'],
  [200, 'P1'],
])('tells the priority after %i s from the next change: %s', (after, was) => {
  expect(priorityAt(seconds(after), 'P1', priority)).toBe(was);
});
