import { expect, test } from 'vitest';
import { budgetStatusAnswer, burnDownAnswers } from './budget-answer.ts';
import type { AlertBudget } from './budgets.ts';
import { factsOf } from './facts.ts';
import type { BudgetQuery } from './query.ts';
import { account, incident, notify, reference } from './sample.ts';
import { type SloDocument, sloStatusAnswer } from './slos.ts';

const hour = (hours: number) =>
  new Date(Date.parse('2026-03-01T00:00:00Z') + hours * 3_600_000).toISOString();

function asked(queryType: 'budget' | 'slo', view: 'status' | 'burn_down', to: string): BudgetQuery {
  const range = { from: hour(0), to };
  return {
    refId: 'A',
    queryType,
    view,
    range,
    timeZone: 'UTC',
    filters: [],
    intervalMs: 1,
    maxDataPoints: 100,
  };
}

const hours = [1, 20, 30, 60, 61];
const facts = factsOf(
  account({
    incidents: [
      ...hours.map((at) => incident(`I${at}`, hour(at))),
      incident('OWN', hour(2), { title: 'Burn [pagebudget]' }),
      incident('OTHER', hour(2), { service: reference('service', 'S2') }),
      incident('QUIET', hour(2)),
    ],
    logEntries: [...hours, 'OWN', 'OTHER'].map((at) => {
      const isHour = typeof at === 'number';
      return notify(isHour ? `I${at}` : at, 'ANNA', hour(isHour ? at : 2));
    }),
  }),
);

function budget(fields: Partial<AlertBudget['spec']>): AlertBudget {
  return { metadata: { name: 'b' }, spec: { allowed: 2, select: { service: ['s'] }, ...fields } };
}

function status(of: AlertBudget, to: string) {
  return budgetStatusAnswer(facts, asked('budget', 'status', to), [of]).rows[0]?.cells;
}

test('a rolling budget counts paged incidents of its selection in its exact length', () => {
  const spec = { period: { rolling: '2d' } };
  expect(status(budget(spec), hour(48))).toMatchObject({
    period: '2d rolling',
    used: 3,
    remaining: -0.5,
    exhausted: true,
    overspent: true,
    exhausted_since: Date.parse(hour(20)),
    burn_1d: 1,
    time_to_exhaustion: 0,
  });
  expect(status(budget(spec), hour(61))).toMatchObject({ used: 3, exhausted_since: Date.parse(hour(20)) });
  expect(status(budget({ ...spec, allowed: 3 }), hour(62))).toMatchObject({
    used: 4,
    exhausted_since: Date.parse(hour(60)),
  });
});

test('a run of exhaustion begins anew once use fell below what is allowed', () => {
  const spec = { allowed: 2, period: { rolling: '1d' } };
  expect(status(budget(spec), hour(62))).toMatchObject({ used: 2, exhausted_since: Date.parse(hour(61)) });
  expect(status(budget(spec), hour(60))).toMatchObject({ used: 0, exhausted: false, exhausted_since: null });
});

test('time to exhaustion follows the faster of the burns over three and seven days', () => {
  const row = status(budget({ allowed: 10, period: { rolling: '7d' } }), hour(72));
  expect(row).toMatchObject({ used: 5, burn_3d: 5 / 3 / (10 / 7), burn_7d: 0.5 });
  expect(row?.time_to_exhaustion).toBeCloseTo(3 * 86_400, 6);
});

test('a calendar budget is of the period that holds the last instant before', () => {
  const spec = { period: { calendar: 'week', timeZone: 'UTC' } as const };
  expect(status(budget(spec), hour(24))).toMatchObject({ used: 2, exhausted: true, period: 'week' });
  expect(status(budget(spec), hour(25))).toMatchObject({ used: 0, exhausted: false });
});

test('a budget of nothing has no remaining share and is exhausted by the first unit', () => {
  expect(status(budget({ allowed: 0 }), hour(1))).toMatchObject({
    used: 0,
    remaining: null,
    exhausted: false,
  });
  expect(status(budget({ allowed: 0 }), hour(3))).toMatchObject({
    exhausted: true,
    exhausted_since: Date.parse(hour(1)),
    burn_1d: null,
    time_to_exhaustion: 0,
  });
});

test('the ideal line runs from the start of the period to all that is allowed', () => {
  const given = [24, 48].map((at) => ({ time: Date.parse(hour(at)) }));
  const rows = (of: AlertBudget) =>
    burnDownAnswers(facts, asked('budget', 'burn_down', hour(48)), [of], given).map((answer) =>
      answer.rows.map(({ cells }) => [cells.used, cells.ideal]),
    );
  expect(rows(budget({ period: { rolling: '2d' } }))[0]).toEqual([
    [2, 1],
    [3, 2],
  ]);
});

test('bad time is the union over all services of an SLO, and a rule needs both of its windows', () => {
  const slo: SloDocument = {
    metadata: { name: 'api' },
    spec: {
      objectives: [{ target: 0.99 }],
      indicator: {
        spec: {
          ratioMetric: { raw: { metricSource: { type: 'PagerDuty', spec: { services: ['s', 's2'] } } } },
        },
      },
    },
  };
  const down = factsOf(
    account({
      incidents: [
        incident('A', hour(0), { resolved_at: hour(2) }),
        incident('B', hour(1), { resolved_at: hour(3), service: reference('service', 'S2') }),
        incident('LOW', hour(4), { urgency: 'low' }),
        incident('MERGED', hour(4), {
          resolved_at: hour(9),
          resolve_reason: { type: 'merge_resolve_reason' },
        }),
      ],
    }),
  );
  const row = (to: string) => sloStatusAnswer(down, asked('slo', 'status', to), [slo]).rows[0]?.cells;
  expect(row(hour(3))).toMatchObject({ bad_seconds: 3 * 3600, sli: 1 - 3 / 672, state_ticket_fast: true });
  expect(row(hour(12))).toMatchObject({
    bad_seconds: 8 * 3600,
    state_ticket_fast: false,
    state_ticket_slow: true,
  });
  expect(row(hour(3))?.burn_ticket_fast).toBeCloseTo(12.5, 9);
});
