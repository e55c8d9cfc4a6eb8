import { expect, it } from 'vitest';
import { makeTimeline, type Timeline } from '../account/timeline.ts';
import { modelOfSize, type Size } from './read.ts';

const UNTIL = Date.parse('2026-11-16T00:00:00Z');
const EVERYTHING = { since: null, until: null };

function accountOf(size: Size): Timeline {
  const timeline = makeTimeline({ seed: 1, model: modelOfSize(size), until: UNTIL, liveRate: 0 });
  timeline.advance(UNTIL);
  return timeline;
}

/** Log entries to an incident, by samples from all over the history. */
function entriesEach(timeline: Timeline): number {
  const all = timeline.incidentsWithin(EVERYTHING);
  const samples = Array.from({ length: 40 }, (_, index) => {
    const from = Math.floor((all.length / 40) * index);
    return all.slice(from, Math.min(all.length, from + 150));
  }).flat();
  return samples.reduce((sum, { entries }) => sum + entries.length, 0) / samples.length;
}

it.each([
  ['medium', 100_000, 10],
  ['large', 1_000_000, 10],
] as const)('%s has about %i incidents of %i log entries each', (size, incidents, entries) => {
  const timeline = accountOf(size);
  const count = timeline.incidentsWithin(EVERYTHING).length;
  expect(Math.abs(count / incidents - 1)).toBeLessThan(0.02);
  expect(Math.abs(entriesEach(timeline) / entries - 1)).toBeLessThan(0.02);
});

it('large has 200 people in 20 zones, and 300 services', () => {
  const { people: everybody, services } = accountOf('large').organisation;
  const people = everybody.filter(({ deleted }) => !deleted);
  const zones = new Set(people.flatMap(({ zone }) => zone ?? []));
  expect([people.length, zones.size, services.length]).toEqual([200, 20, 300]);
});

it('medium has people in at least 12 zones', () => {
  const { people } = accountOf('medium').organisation;
  expect(new Set(people.flatMap(({ zone }) => zone ?? [])).size).toBeGreaterThanOrEqual(12);
});
