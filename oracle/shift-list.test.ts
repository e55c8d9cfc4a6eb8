import { expect, test } from 'vitest';
import type { AlertBudget } from './budgets.ts';
import { factsOf } from './facts.ts';
import { account, duty, incident, notify } from './sample.ts';
import { budgetShiftsAnswer } from './shift-list.ts';

const hour = (hours: number) =>
  new Date(Date.parse('2026-03-02T00:00:00Z') + hours * 3_600_000).toISOString();

const facts = factsOf(
  account({
    incidents: ['A', 'B'].map((id) => incident(id, hour(1))),
    onCalls: [
      duty('ANNA', hour(0), hour(30)),
      { ...duty('ANNA', hour(0), hour(30)), escalation_level: 2 },
      { ...duty('ROY', hour(0), hour(30)), schedule: null },
    ],
    logEntries: [
      notify('A', 'ANNA', hour(1)),
      notify('A', 'ANNA', hour(2)),
      notify('B', 'ANNA', hour(13)),
      notify('B', 'ROY', hour(13)),
    ],
  }),
);

function slices(spec: Partial<AlertBudget['spec']>, from: number): unknown[] {
  const budget = { metadata: { name: 'b' }, spec: { allowed: 1, period: { shift: '12h' }, ...spec } };
  const range = { from: hour(from), to: hour(40) };
  const asked = { refId: 'A', range, timeZone: 'UTC', filters: [], intervalMs: 1, maxDataPoints: 100 };
  const query = { ...asked, queryType: 'budget', view: 'shifts', name: 'b' } as const;
  const start = Date.parse(hour(0));
  return budgetShiftsAnswer(facts, query, [budget]).rows.map(({ cells }) => [
    cells.user_id,
    (Number(cells.start) - start) / 3_600_000,
    (Number(cells.end) - start) / 3_600_000,
    cells.used,
    cells.over,
  ]);
}

test('a turn at level 1 of a schedule is cut from its start, and an incident counts once', () => {
  expect(slices({}, 0)).toEqual([
    ['ANNA', 0, 12, 1, false],
    ['ANNA', 12, 24, 1, false],
    ['ANNA', 24, 30, 0, false],
  ]);
});

test('slices belong to the range in which they begin', () => {
  expect(slices({}, 1)).toHaveLength(2);
});

test('a selection keeps turns and units', () => {
  expect(slices({ unit: 'pages', select: { schedule: ['k'] } }, 0)[0]).toEqual(['ANNA', 0, 12, 2, true]);
  expect(slices({ select: { schedule: ['k2'] } }, 0)).toEqual([]);
});
