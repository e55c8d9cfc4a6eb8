import { describe, expect, it } from 'vitest';
import { createChanges, reachOf } from './changes.ts';

describe('changes of a store', () => {
  it('tell the earliest instant that any transaction since a version reached', () => {
    const changes = createChanges(7);
    expect(changes.since(7)).toBe(Number.POSITIVE_INFINITY);
    changes.add(8, 500);
    changes.add(9, 300);
    changes.add(10, Number.POSITIVE_INFINITY);
    expect([7, 8, 9, 10].map((version) => changes.since(version))).toEqual([
      300,
      300,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect(changes.version()).toBe(10);
  });

  it('hear of one transaction once', () => {
    const changes = createChanges(0);
    changes.add(1, 5);
    changes.add(1, 5);
    expect(changes.version()).toBe(1);
    expect(changes.since(1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('may be anything before a transaction that was missed, and before those that are remembered', () => {
    const changes = createChanges(0);
    changes.add(1, 5);
    changes.add(3, 9);
    changes.add(4, 9);
    expect([0, 2, 3, 4].map((version) => changes.since(version))).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      9,
      Number.POSITIVE_INFINITY,
    ]);
    for (let version = 5; version < 1000; version++) changes.add(version, 9);
    expect(changes.since(3)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('the reach of a write', () => {
  it('is the earliest time of its rows, anything where they have none or are removed', () => {
    expect(reachOf('page', [{ time: 30 }, { time: 20 }])).toBe(20);
    expect(reachOf('team', [{ id: 'T' }])).toBe(Number.NEGATIVE_INFINITY);
    expect(reachOf('page')).toBe(Number.NEGATIVE_INFINITY);
  });

  it('is nothing for what the harvest tells of itself, and for what goes along with an incident', () => {
    expect(reachOf('coverage')).toBe(Number.POSITIVE_INFINITY);
    expect(reachOf('incident_team')).toBe(Number.POSITIVE_INFINITY);
  });
});
