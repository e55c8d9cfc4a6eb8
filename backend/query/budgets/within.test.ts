import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AlertBudget, BUDGET_UNITS } from '../../budgets/alert-budget.ts';
import { DAY } from '../../clock.ts';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { Store } from '../../store/store.ts';
import { METRICS } from '../metrics/index.ts';
import { accountStore, ask, entry, FROM, incident, rowsOf, TO, to } from '../testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
  await store.transact(async (writer) => {
    await writer.put('incident', [
      incident('I7', '2026-03-08T12:00:00Z', { title: '[pagebudget] Budget of Payments burns' }),
    ]);
    await writer.put('log_entry', [
      entry('L70', 'I7', 'notify', '2026-03-08T12:01:00Z', to('Bob')),
      entry('L71', 'I7', 'escalate', '2026-03-08T12:30:00Z', { channel_type: 'timeout' }),
    ]);
    const covered = { from: Date.parse(FROM), until: Date.parse(TO) };
    await derive(writer, { incidents: ['I7'], onCall: [] }, { settings: readConfig({}), covered });
  });
});
afterAll(() => store.close());

const budget = (more: Partial<AlertBudget>): AlertBudget => ({
  ...{ name: 'all', allowed: 1000, unit: 'pages', period: { kind: 'rolling', length: 7 * DAY } },
  ...{ select: {}, consequence: null },
  ...more,
});

describe('a figure within a budget', () => {
  const range = { from: '2026-03-02T00:00:00.000Z', to: '2026-03-30T00:00:00.000Z' };
  const figure = { queryType: 'metric', metric: 'incidents', by: ['service'], format: 'table', range };
  const counted = async (query: object, ...budgets: AlertBudget[]) =>
    rowsOf(await ask(store, { ...figure, ...query }, { budgets }));

  it('counts only what the budget selects', async () => {
    const all = await counted({});
    const first = all.find((row) => row.service_id === 'S2');
    expect(all.length).toBeGreaterThan(1);
    const one = budget({ select: { service: [String(first?.service)] } });
    expect(await counted({ name: 'all' }, one)).toEqual([first]);
  });

  it('leaves out what alerts of Pagebudget itself raised', async () => {
    const total = async (query: object) =>
      (await counted({ by: [], ...query }, budget({}))).map((row) => row.incidents);
    expect(await total({})).toEqual([7]);
    expect(await total({ name: 'all' })).toEqual([6]);
    const escalations = async (query: object) =>
      counted({ by: [], metric: 'escalations', ...query }, budget({}));
    expect(await escalations({})).toEqual([{ escalations: 2 }]);
    expect(await escalations({ name: 'all' })).toEqual([{ escalations: 1 }]);
  });

  it.each(Object.keys(METRICS))('can be %s', async (metric) => {
    expect(await counted({ by: [], metric, name: 'all' }, budget({}))).toHaveLength(1);
  });

  it('of incidents keeps those with a page of the schedule that the budget selects', async () => {
    const all = (await counted({})).reduce((sum, row) => sum + Number(row.incidents), 0);
    const some = (await counted({ name: 'all' }, budget({ select: { schedule: ['C1'] } }))).reduce(
      (sum, row) => sum + Number(row.incidents),
      0,
    );
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all);
  });

  const month: AlertBudget['period'] = { kind: 'calendar', calendar: 'month', timeZone: 'Asia/Kathmandu' };
  const selects: AlertBudget['select'][] = [
    {},
    { service: ['S1'] },
    { urgency: ['high'] },
    { schedule: ['C1'] },
  ];

  it.each(BUDGET_UNITS)('without a metric adds up to what is used, by alert, in %s', async (unit) => {
    const budgets = selects.flatMap((select, index) =>
      [budget({}).period, month].map((period) =>
        budget({ name: `${index} ${period.kind}`, unit, select, period }),
      ),
    );
    const late = { from: '2026-03-08T00:00:00.000Z', to: '2026-03-09T18:00:00.000Z' };
    const used = rowsOf(await ask(store, { queryType: 'budget', range: late }, { budgets }));
    expect(used.some((row) => Number(row.used) > 0)).toBe(true);
    for (const { budget: name, used: total } of used) {
      const spends = { by: ['fingerprint'], format: 'table', name: String(name), range: late };
      const rows = rowsOf(await ask(store, spends, { budgets }));
      expect(
        rows.reduce((sum, row) => sum + Number(row[unit]), 0),
        `${name}`,
      ).toBe(total);
    }
  });

  it('without a metric says in each row which period it counts, which the same question within that range bears out', async () => {
    const late = { from: '2026-03-09T00:00:00.000Z', to: '2026-03-09T18:00:00.000Z' };
    const spends = { by: ['fingerprint'], format: 'table', range: late };
    const rows = rowsOf(await ask(store, { ...spends, name: 'all' }, { budgets: [budget({})] }));
    expect(rows.length).toBeGreaterThan(0);
    const to = Date.parse(late.to);
    for (const row of rows) {
      expect(row).toMatchObject({ period_from: to - 7 * DAY, period_to: to });
      const filters = [{ dimension: 'fingerprint', op: '=' as const, values: [String(row.fingerprint_id)] }];
      const range = { from: new Date(Number(row.period_from)).toISOString(), to: late.to };
      const linked = { queryType: 'metric', metric: 'pages', format: 'table', filters, range };
      expect(rowsOf(await ask(store, linked))).toEqual([{ pages: row.pages }]);
    }
    const map = { ...spends, format: 'heatmap', bucket: 'day', name: 'all' };
    const [drawn] = (await ask(store, map, { budgets: [budget({})] })).frames;
    expect(drawn?.schema.fields).toHaveLength(1 + rows.length);
    const shifts = budget({ period: { kind: 'shift', length: DAY } });
    const [ofRange] = rowsOf(await ask(store, { ...spends, by: [], name: 'all' }, { budgets: [shifts] }));
    expect(ofRange).toMatchObject({ period_from: Date.parse(late.from), period_to: to });
    const ranged = { ...spends, name: 'all', metric: 'pages' };
    const [first] = rowsOf(await ask(store, ranged, { budgets: [budget({})] }));
    expect(Object.keys(first ?? {})).not.toContain('period_from');
  });
});
