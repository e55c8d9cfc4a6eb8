import { expect, it } from 'vitest';
import { stretchesAround } from './stretches.ts';

/** The times around a change among `times`, and how often they had to be read. */
async function around(times: readonly number[], changed: readonly number[], furthest = 10) {
  let reads = 0;
  const stretches = await stretchesAround<number>(new Map([['A', changed]]), {
    furthest,
    groupOf: () => 'A',
    timeOf: (time) => time,
    read: async (spans) => {
      reads += 1;
      return times.filter((time) =>
        [...spans.values()].some((span) => time >= span.from && time < span.until),
      );
    },
  });
  return { rows: stretches.flat(), reads };
}

it('takes the chain around a change up to a gap on both sides', async () => {
  expect(await around([0, 50, 60, 70, 81], [60])).toEqual({ rows: [50, 60, 70], reads: 1 });
});

it('links what is exactly the furthest apart and nothing beyond', async () => {
  expect((await around([0, 10, 21], [10])).rows).toEqual([0, 10]);
});

it('takes both chains that a vanished row held together', async () => {
  expect((await around([0, 20, 40], [10])).rows).toEqual([0, 20]);
});

it('reads on until a long chain is whole', async () => {
  const long = Array.from({ length: 100 }, (_, i) => i * 10);
  const { rows, reads } = await around([...long, 1500], [500]);
  expect(rows).toEqual(long);
  expect(reads).toBeGreaterThan(1);
});

it('has nothing to read without a change', async () => {
  const stretches = await stretchesAround<number>(new Map(), {
    furthest: 10,
    groupOf: () => 'A',
    timeOf: (time) => time,
    read: () => Promise.reject(new Error('read')),
  });
  expect(stretches).toEqual([]);
});
