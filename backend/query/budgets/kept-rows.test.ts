import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertBudget } from '../../budgets/alert-budget.ts';
import { DAY } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { Store } from '../../store/store.ts';
import { METRICS } from '../metrics/index.ts';
import { accountStore, ask, by, entry, FROM, incident, rowsOf, TO, to } from '../testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
  await store.transact(async (writer) => {
    await writer.put('incident', [
      incident('I10', '2026-03-04T02:00:00Z', { resolved_at: Date.parse('2026-03-07T12:00:00Z') }),
      incident('I11', '2026-03-04T03:00:00Z', { resolved_at: Date.parse('2026-03-07T13:00:00Z') }),
      incident('I12', '2026-03-05T12:00:00Z', { title: '[pagebudget] Budget of Payments burns' }),
    ]);
    await writer.put('log_entry', [
      entry('L80', 'I10', 'notify', '2026-03-04T02:00:00Z', to('Ann')),
      entry('L81', 'I10', 'escalate', '2026-03-06T12:00:00Z', { channel_type: 'timeout' }),
      entry('L82', 'I10', 'assign', '2026-03-06T13:00:00Z', by('Ann')),
      entry('L83', 'I10', 'resolve', '2026-03-07T12:00:00Z', { channel_type: 'timeout' }),
      entry('L84', 'I11', 'notify', '2026-03-04T03:00:00Z', to('Ann', 'email')),
      entry('L85', 'I11', 'escalate', '2026-03-06T14:00:00Z', { channel_type: 'timeout' }),
      entry('L86', 'I11', 'resolve', '2026-03-07T13:00:00Z', by('Ann')),
      entry('L87', 'I12', 'notify', '2026-03-05T12:00:00Z', to('Ann')),
      entry('L88', 'I12', 'assign', '2026-03-06T12:00:00Z', by('Ann')),
    ]);
    const covered = { from: Date.parse(FROM), until: Date.parse(TO) };
    await derive(
      writer,
      { incidents: ['I10', 'I11', 'I12'], onCall: [] },
      { settings: readConfig({}), covered },
    );
  });
});
afterAll(() => store.close());

const primary: AlertBudget = {
  ...{ name: 'primary', allowed: 10, unit: 'paged_incidents', consequence: null },
  ...{ period: { kind: 'rolling', length: 7 * DAY }, select: { schedule: ['C1'] } },
};

const day = (of: number) => `2026-03-${String(of).padStart(2, '0')}T00:00:00.000Z`;

/** The rows of a metric from one day of March to another, within the budget of the schedule unless told otherwise. */
async function rows(metric: string, [from, to]: [number, number], query: object = {}) {
  const range = { from: day(from), to: day(to) };
  const asked = { metric, name: 'primary', format: 'table', range, ...query } as const;
  return rowsOf(await ask(store, asked, { budgets: [primary] }));
}

const OF_PAGED = Object.entries(METRICS)
  .filter(([, { family }]) => family === 'incident' || family === 'step')
  .map(([name]) => name);

describe('a metric within the budget of a schedule', () => {
  it.each([
    ['resolved_incidents', 1],
    ['time_to_resolve', 82 * 3600],
    ['auto_resolved_share', 1],
    ['transient_share', 0],
  ])('counts in %s what was paged on it long before the range', async (metric, figure) => {
    expect(await rows(metric, [6, 8])).toEqual([{ [metric]: figure }]);
    const [, second] = await rows(metric, [6, 8], { bucket: 'day' });
    expect(second).toMatchObject({ [metric]: figure });
  });

  it.each(['escalations', 'reassignments'])('counts %s of incidents paged on it alone', async (metric) => {
    expect(await rows(metric, [6, 8])).toEqual([{ [metric]: 1 }]);
    expect(await rows(metric, [6, 8], { by: ['team'] })).toEqual([
      { team_id: null, team: null, [metric]: 1 },
    ]);
    expect(await rows(metric, [6, 8], { name: undefined })).toEqual([{ [metric]: 2 }]);
  });

  it.each(OF_PAGED)('tells of a day the same %s whatever the range begins with', async (metric) => {
    const days = await rows(metric, [2, 12], { bucket: 'day' });
    expect(days).toHaveLength(10);
    for (const begin of [4, 7, 9])
      expect(await rows(metric, [begin, 12], { bucket: 'day' })).toEqual(days.slice(begin - 2));
  });
});

describe('a load within a budget', () => {
  it('is made of the interruptions that the budget counts, without those by alerts of Pagebudget itself', async () => {
    const hours = 7 * 24;
    const interrupted = async (query: object) => {
      const [row] = await rows('interruptions_per_100_hours', [2, 9], query);
      return (Number(row?.interruptions_per_100_hours) * hours) / 100;
    };
    expect(await rows('on_call_hours', [2, 9])).toEqual([{ on_call_hours: hours }]);
    expect(await rows('interruptions', [2, 9])).toEqual([{ interruptions: 2 }]);
    expect(await interrupted({})).toBeCloseTo(2, 9);
    expect(await interrupted({ by: ['user'] })).toBeCloseTo(2, 9);
    expect(await interrupted({ name: undefined })).toBeCloseTo(3, 9);
  });
});
