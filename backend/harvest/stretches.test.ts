import { expect, it } from 'vitest';
import { stretchesAround } from './stretches.ts';

/** The times that a change among `times` can influence or that decide it, and how often they had to be read. */
async function around(times: readonly number[], changed: readonly number[], { link = 10, reach = 0 } = {}) {
  let reads = 0;
  const stretches = await stretchesAround<number>(new Map([['A', changed]]), {
    reach,
    link,
    groupOf: () => 'A',
    timeOf: (time) => time,
    read: async (spans) => {
      reads += 1;
      return times.filter((time) =>
        [...spans.values()].some((span) => time >= span.from && time < span.until),
      );
    },
  });
  const inCore = stretches.flatMap(({ rows, core }) =>
    rows.filter((time) => time >= core.from && time <= core.until),
  );
  return { rows: stretches.flatMap(({ rows }) => rows), core: inCore, reads };
}

it('takes the chain around a change up to a gap on both sides', async () => {
  expect(await around([0, 50, 60, 70, 81], [60])).toMatchObject({ rows: [50, 60, 70], reads: 1 });
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

it('takes what is within reach of a change, what hangs on it, and what that is decided by, but no endless chain', async () => {
  const often = Array.from({ length: 1000 }, (_, i) => i * 20);
  const withOneBetween = [...often, 10_105].sort((a, b) => a - b);
  const { rows, core, reads } = await around(withOneBetween, [10_000], { link: 10, reach: 100 });
  expect(core).toEqual(often.filter((time) => time >= 9900 && time <= 10_100).concat(10_105));
  expect(rows.at(0)).toBe(9800);
  expect(rows.at(-1)).toBe(10_200);
  expect(reads).toBe(1);
});

it('takes rows that reach each other by their own ends, however far apart they begin', async () => {
  const rows = [
    { at: 0, end: 5 },
    { at: 10, end: 60 },
    { at: 20, end: 21 },
    { at: 55, end: 56 },
    { at: 70, end: 80 },
    { at: 121, end: 122 },
  ];
  const around = async (changed: number) => {
    const [stretch] = await stretchesAround(new Map([['A', [changed]]]), {
      ...{ reach: 0, link: 50 },
      groupOf: () => 'A',
      timeOf: ({ at }: (typeof rows)[number]) => at,
      endOf: ({ end }) => end,
      read: async (spans) =>
        rows.filter(({ at }) => [...spans.values()].some(({ from, until }) => at >= from && at < until)),
    });
    return stretch?.rows.map(({ at }) => at);
  };
  expect(await around(55)).toEqual([10, 20, 55, 70]);
  expect(await around(0)).toEqual([0, 10, 20, 55]);
  expect(await around(300)).toEqual([]);
});

it('has nothing to read without a change', async () => {
  const stretches = await stretchesAround<number>(new Map(), {
    reach: 0,
    link: 10,
    groupOf: () => 'A',
    timeOf: (time) => time,
    read: () => Promise.reject(new Error('read')),
  });
  expect(stretches).toEqual([]);
});
