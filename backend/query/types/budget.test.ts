import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertBudget } from '../../budgets/alert-budget.ts';
import type { Slo } from '../../budgets/openslo.ts';
import { DAY, HOUR } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, rowsOf } from '../testing/account.ts';

const at = (text: string) => Date.parse(text);

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

const budget = (more: Partial<AlertBudget>): AlertBudget => ({
  name: 'all',
  allowed: 2,
  unit: 'pages',
  period: { kind: 'rolling', length: 7 * DAY },
  select: {},
  consequence: null,
  ...more,
});

const asked = async (query: Parameters<typeof ask>[1], ...budgets: AlertBudget[]) =>
  ask(store, { queryType: 'budget', ...query }, { budgets });
const noticesOf = ({ frames }: Awaited<ReturnType<typeof asked>>) =>
  (frames[0]?.schema.meta.notices ?? []).map(({ text }) => text).slice(1);

describe('burn rates of a budget', () => {
  const range = { from: '2026-03-09T00:00:00.000Z', to: '2026-03-11T00:00:00.000Z' };
  const query = { view: 'burn_rate', range, intervalMs: DAY };

  it('are told at each instant of the range, by its windows alone', async () => {
    const answer = await asked(query, budget({}));
    const pace = 2 / 7;
    expect(rowsOf(answer)).toEqual([
      { time: at('2026-03-09T00:00:00Z'), burn_1d: 0, burn_3d: 0, burn_7d: expect.closeTo(2 / 7 / pace, 9) },
      {
        time: at('2026-03-10T00:00:00Z'),
        burn_1d: expect.closeTo(2 / pace, 9),
        burn_3d: expect.closeTo(2 / 3 / pace, 9),
        burn_7d: expect.closeTo(4 / 7 / pace, 9),
      },
      {
        time: at('2026-03-11T00:00:00Z'),
        burn_1d: 0,
        burn_3d: expect.closeTo(2 / 3 / pace, 9),
        burn_7d: expect.closeTo(2 / 7 / pace, 9),
      },
    ]);
    expect(answer.frames[0]?.schema.fields[1]?.labels).toEqual({ budget: 'all' });
    expect(noticesOf(answer)).toEqual([]);
  });

  it('are null with a notice where the harvest began inside their window', async () => {
    const early = { from: '2026-03-04T00:00:00.000Z', to: '2026-03-04T12:00:00.000Z' };
    const answer = await asked({ ...query, range: early }, budget({}));
    expect(rowsOf(answer)[0]).toMatchObject({ burn_1d: expect.any(Number), burn_3d: null, burn_7d: null });
    expect(noticesOf(answer)).toEqual([
      expect.stringMatching(/^all: burn rates are unknown where the harvest, from 2026-03-02/),
    ]);
  });

  it('of a budget that allows nothing are null with the reason', async () => {
    const answer = await asked(query, budget({ allowed: 0 }));
    expect(rowsOf(answer).map((row) => row.burn_7d)).toEqual([null, null, null]);
    expect(noticesOf(answer)).toEqual(['all: burn rates are unknown as the budget allows nothing.']);
  });

  it('end where the harvest does', async () => {
    const late = { from: '2026-03-29T00:00:00.000Z', to: '2026-04-05T00:00:00.000Z' };
    const rows = rowsOf(await asked({ ...query, range: late }, budget({})));
    expect(rows.map((row) => row.time)).toEqual([at('2026-03-29T00:00:00Z'), at('2026-03-30T00:00:00Z')]);
  });
});

describe('the status of a budget', () => {
  const range = { from: '2026-03-09T00:00:00.000Z', to: '2026-03-10T00:00:00.000Z' };
  const began = async (days: number) => {
    const answer = await asked(
      { range },
      budget({ allowed: 1, period: { kind: 'rolling', length: days * DAY } }),
    );
    return {
      since: rowsOf(answer)[0]?.exhausted_since,
      told: noticesOf(answer).filter((text) => text.includes('exhausted_since')),
    };
  };

  it('tells where its exhaustion may have begun earlier than what is harvested', async () => {
    expect(await began(1)).toEqual({ since: at('2026-03-09T09:00:00Z'), told: [] });
    expect(await began(7)).toEqual({
      since: at('2026-03-03T02:00:00Z'),
      told: [
        'all: exhausted_since may be earlier: a whole period before it is not harvested, which reaches back to 2026-03-02.',
      ],
    });
  });
});

describe('shifts of a budget', () => {
  const byShift = (more: Partial<AlertBudget>) =>
    budget({ name: 'shifts', allowed: 1, period: { kind: 'shift', length: 12 * HOUR }, ...more });
  const range = { from: '2026-03-03T00:00:00.000Z', to: '2026-03-09T18:00:00.000Z' };
  const used = async (more: Partial<AlertBudget>) =>
    rowsOf(await asked({ view: 'shifts', range }, byShift(more)))
      .filter((row) => row.used !== 0)
      .map((row) => [row.user_id, row.start, row.used, row.over]);

  it('are the slices of each turn with what went to the person in them', async () => {
    const rows = rowsOf(await asked({ view: 'shifts', range }, byShift({})));
    expect(rows.length).toBe(12 + 1);
    expect(rows.at(-1)).toEqual({
      user: 'Bob B.',
      user_id: 'Bob',
      schedule: 'Primary',
      schedule_id: 'C1',
      start: at('2026-03-09T00:00:00Z'),
      end: at('2026-03-09T12:00:00Z'),
      used: 1,
      allowed: 1,
      over: false,
    });
    expect(await used({})).toEqual([
      ['Ann', at('2026-03-03T00:00:00Z'), 2, true],
      ['Bob', at('2026-03-09T00:00:00Z'), 1, false],
    ]);
  });

  it('count each unit its own way, and what the selection keeps', async () => {
    const ann = (count: number, over: boolean) => [['Ann', at('2026-03-03T00:00:00Z'), count, over]];
    const bob = ['Bob', at('2026-03-09T00:00:00Z'), 1, false];
    expect(await used({ unit: 'paged_incidents' })).toEqual([...ann(2, true), bob]);
    expect(await used({ unit: 'interruptions' })).toEqual([...ann(1, false), bob]);
    expect(await used({ unit: 'sleep_interruptions' })).toEqual(ann(1, false));
    expect(await used({ select: { service: ['S2'] } })).toEqual(ann(1, false));
    expect(await used({ select: { escalation_policy: ['P2'] } })).toEqual([]);
  });

  it('and the other views name each other what they leave out', async () => {
    const status = await asked({}, budget({}), byShift({}));
    expect(noticesOf(status)[0]).toBe('Left out, as they are counted by shift: shifts.');
    const shifts = await asked({ view: 'shifts' }, budget({}), byShift({}));
    expect(noticesOf(shifts)).toEqual(['Left out, as they are not counted by shift: all.']);
  });
});

describe('an SLO over time', () => {
  const slo: Slo = {
    ...{ name: 'web', title: 'web', description: null, service: 'S1', services: ['S1'] },
    ...{ target: 0.99, window: 7 * DAY },
  };
  const range = { from: '2026-03-03T00:00:00.000Z', to: '2026-03-05T00:00:00.000Z' };
  const rows = async (view: string) =>
    rowsOf(await ask(store, { queryType: 'slo', view, range, intervalMs: DAY }, { slos: [slo] }));

  it('burns down as bad time comes into its window', async () => {
    const left = 1 - 3600 / (0.01 * 7 * 86_400);
    expect(await rows('burn_down')).toEqual([
      { time: at('2026-03-03T00:00:00Z'), bad_seconds: 0, remaining: expect.closeTo(1, 9) },
      { time: at('2026-03-04T00:00:00Z'), bad_seconds: 3600, remaining: expect.closeTo(left, 9) },
      { time: at('2026-03-05T00:00:00Z'), bad_seconds: 3600, remaining: expect.closeTo(left, 9) },
    ]);
  });

  it('says where its window begins before the harvest, and only there', async () => {
    const told = async (to: string) =>
      noticesOf(await ask(store, { queryType: 'slo', range: { from: range.from, to } }, { slos: [slo] }));
    expect(await told('2026-03-10T00:00:00.000Z')).toEqual([]);
    expect(await told(range.to)).toEqual([expect.stringMatching(/^web: its period began on 2026-02-26/)]);
  });

  it('tells its services and window as an address that shows what spent it', async () => {
    const [row] = await rows('status');
    const { from, to } = { from: at('2026-02-26T00:00:00Z'), to: at('2026-03-05T00:00:00Z') };
    expect(row?.selection).toBe(`var-service=S1&var-urgency=high&from=${from}&to=${to}`);
  });

  it('burns by each rule, null where the harvest began inside its window', async () => {
    const burn = 3600 / 86_400 / 0.01;
    expect(await rows('burn_rate')).toEqual([
      { time: at('2026-03-03T00:00:00Z'), burn_ticket_fast: 0, burn_ticket_slow: null },
      { time: at('2026-03-04T00:00:00Z'), burn_ticket_fast: expect.closeTo(burn, 9), burn_ticket_slow: null },
      {
        time: at('2026-03-05T00:00:00Z'),
        burn_ticket_fast: 0,
        burn_ticket_slow: expect.closeTo(burn / 3, 9),
      },
    ]);
  });
});
