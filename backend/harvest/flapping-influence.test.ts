import { expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import { flappingOf, INFLUENCE, type Occurrence } from '../model/facts/flapping.ts';
import { stretchesAround } from './stretches.ts';
import { drawFrom } from './testing/random-rows.ts';

/** Draws the time to the next incident, ms. */
type Gap = (random: () => number) => number;

const GAPS: Gap[] = [
  (random) => (random() < 0.5 ? random() * HOUR : random() * 12 * HOUR),
  (random) => (random() < 0.03 ? 5 * MINUTE : random() < 0.98 ? (31 + random() * 28) * MINUTE : DAY / 2),
];

/** Incidents of one fingerprint over two weeks, so often that hardly a day is without one. */
function occurrences(random: () => number, gap: Gap): Occurrence[] {
  const made: Occurrence[] = [];
  for (let at = 0; at < 14 * DAY; at += gap(random)) {
    const open = random() < 0.1 ? Number.POSITIVE_INFINITY : random() * 40 * MINUTE;
    made.push({ created_at: Math.round(at), open });
  }
  return made;
}

const timesOf = (flapping: readonly boolean[], all: readonly Occurrence[]) =>
  new Map(all.map(({ created_at }, i) => [created_at, flapping[i]]));

it.each([1, 2, 3, 4])(
  'changes where a change of incidents can be felt, and comes out there as from all of them (seed %i)',
  async (seed) => {
    const random = drawFrom(seed).number;
    for (let round = 0; round < 50; round++) {
      const before = occurrences(random, GAPS[round % GAPS.length] as Gap);
      const changed = before.filter(() => random() < 0.02);
      if (changed.length === 0) continue;
      const after = before.filter((one) => !changed.includes(one) || random() < 0.5);
      for (const one of after.filter((other) => changed.includes(other))) {
        after[after.indexOf(one)] = { ...one, open: 60_000 };
      }
      const [old, fresh] = [before, after].map((all) => timesOf(flappingOf(all), all));
      const [stretch] = await stretchesAround(new Map([['F', changed.map((one) => one.created_at)]]), {
        ...INFLUENCE,
        groupOf: () => 'F',
        timeOf: (one: Occurrence) => one.created_at,
        read: async (spans) => {
          const { from, until } = spans.get('F') ?? { from: 0, until: 0 };
          return after.filter((one) => one.created_at >= from && one.created_at < until);
        },
      });
      expect(stretch).toBeDefined();
      if (!stretch) return;
      const inCore = (at: number) => at >= stretch.core.from && at <= stretch.core.until;
      const local = timesOf(flappingOf(stretch.rows), stretch.rows);
      for (const { created_at } of after) {
        const told = inCore(created_at) ? local.get(created_at) : old?.get(created_at);
        expect(told).toBe(fresh?.get(created_at));
      }
    }
  },
);
