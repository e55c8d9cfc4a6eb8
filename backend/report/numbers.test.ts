import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertBudget, BudgetUnit } from '../budgets/alert-budget.ts';
import { DAY } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Query, Status, TimeRange } from '../contract.ts';
import { createServing, listen } from '../http/server.ts';
import { createLog } from '../log.ts';
import { accountStore, TO } from '../query/testing/account.ts';
import { type Answered, type Ask, askAt } from './ask.ts';
import type { Document } from './document.ts';
import { lastDays } from './period.ts';
import { report } from './report.ts';
import { SECTIONS } from './sections.ts';

const budget = (name: string, unit: BudgetUnit, more: Partial<AlertBudget>): AlertBudget => ({
  ...{ name, unit, allowed: 2, consequence: null, select: {} },
  ...{ period: { kind: 'rolling', length: 7 * DAY } },
  ...more,
});

const BUDGETS = [
  budget('pages', 'pages', {}),
  budget('of a team', 'paged_incidents', { allowed: 9, select: { team: ['T2'] } }),
  budget('month', 'sleep_interruptions', {
    period: { kind: 'calendar', calendar: 'month', timeZone: 'Europe/Berlin' },
  }),
  budget('nothing allowed', 'incidents', { allowed: 0 }),
  budget('by shift', 'pages', { period: { kind: 'shift', length: DAY / 2 } }),
];

let ask: Ask;
let stop: () => Promise<void>;
beforeAll(async () => {
  const store = await accountStore();
  const serving = createServing({
    reader: store,
    settings: readConfig({}),
    plans: () => ({ budgets: BUDGETS, slos: [], faults: [] }),
    configuration: () => 'as tested',
    log: createLog('silent'),
    token: null,
    status: async () => ({}) as Status,
  });
  const { server, url } = await listen(serving, '127.0.0.1', 0);
  ask = askAt(url, null, fetch);
  stop = async () => {
    server.close();
    server.closeAllConnections();
    await store.close();
  };
});
afterAll(() => stop());

/** A number as the report writes it, in the unit of the answer; null where it says that it is not known. */
function read(text: string | undefined): number | string | null {
  if (text === undefined || text === 'unknown' || text === '') return null;
  const [, number, unit = ''] = /^(-?\d+(?:\.\d+)?)(?: (%|×|s|min|h|d))?$/.exec(text) ?? [];
  return number === undefined ? text : Number(number) * (IN_ANSWERS[unit] ?? 1);
}

const IN_ANSWERS: Readonly<Record<string, number>> = { '%': 0.01, min: 60, h: 3600, d: 86_400 };

/** Expects each text to be the value of an answer, but for the digits that people are spared. */
function same(texts: readonly (string | undefined)[], values: readonly Answered[string][]): void {
  expect(texts).toHaveLength(values.length);
  for (const [index, value] of values.entries()) {
    const told = read(texts[index]);
    if (typeof value !== 'number' || typeof told !== 'number') expect(told).toEqual(value);
    else expect(Math.abs(told - value), `${texts[index]} of ${value}`).toBeLessThan(tolerance(texts[index]));
  }
}

/** Half of the last digit that is written. */
function tolerance(text = ''): number {
  const [, decimals = '', unit = ''] = /(?:\.(\d+))?(?: (\S+))?$/.exec(text) ?? [];
  return 0.501 * 10 ** -decimals.length * (IN_ANSWERS[unit] ?? 1);
}

const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });
const day = (value: unknown) => (typeof value === 'number' ? berlin.format(value) : null);
const total = (rows: readonly Answered[], column: string) =>
  rows.reduce((sum, row) => sum + Number(row[column] ?? 0), 0);

const FIGURES = {
  Incidents: 'incidents',
  'Paged incidents': 'paged_incidents',
  Interruptions: 'interruptions',
  'Night interruptions': 'sleep_interruptions',
  'Median time to acknowledge': 'time_to_acknowledge',
  'Median time to resolve': 'time_to_resolve',
  'Never acknowledged': 'unacknowledged_share',
  'Auto-resolved': 'auto_resolved_share',
};

const UNRESOLVED = [{ dimension: 'status', op: '!=' as const, values: ['resolved'] }];

describe.each([
  ['a week beside the one before', lastDays(7, Date.parse('2026-03-16T00:00:00Z'))],
  ['a week in which people were paged', lastDays(7, Date.parse('2026-03-09T00:00:00Z'))],
  ['all four weeks', lastDays(28, Date.parse(TO))],
])('the report of %s has the numbers of POST /query', (_name, period) => {
  let document: Document;
  beforeAll(async () => {
    document = await report(ask, { period, teams: [], timeZone: 'Europe/Berlin' }, null);
  });
  const texts = (title: string) =>
    document.sections
      .find((one) => one.title.startsWith(title))
      ?.rows.map((row) => row.map(({ text }) => text)) ?? [];
  const answer = async (query: Partial<Query> & Pick<Query, 'queryType'>, range: TimeRange = period.range) =>
    (await ask({ range, timeZone: 'Europe/Berlin', ...query })).rows;

  it('in every section', () => {
    expect(document.sections).toHaveLength(Object.keys(SECTIONS).length);
  });

  it('in its figures, now and before', async () => {
    const rows = texts('The period');
    expect(rows.map(([title]) => title)).toEqual(Object.keys(FIGURES));
    for (const [index, metric] of Object.values(FIGURES).entries()) {
      const asked = { queryType: 'metric', metric, format: 'table' };
      const [now, before] = [await answer(asked), await answer(asked, period.before)];
      same(rows[index]?.slice(1, 3) ?? [], [now[0]?.[metric] ?? null, before[0]?.[metric] ?? null]);
    }
  });

  it('of each budget', async () => {
    const rows = await answer({ queryType: 'budget', view: 'status' });
    expect(rows.map((row) => row.budget)).toEqual(BUDGETS.slice(0, 4).map(({ name }) => name));
    const columns = ['budget', 'team', 'used', 'allowed', 'remaining', 'exhausted_since', 'burn_7d'];
    for (const [index, row] of rows.entries()) {
      const cells = columns.map((name) =>
        name === 'exhausted_since' ? day(row[name]) : (row[name] ?? null),
      );
      same(
        texts('Alert budgets')[index] ?? [],
        cells.map((cell) => (cell === '' ? null : cell)),
      );
    }
  });

  it('of what paged, now and before', async () => {
    const asked = { queryType: 'metric', metric: 'paged_incidents', by: ['service'], format: 'table' };
    const [now, before] = [await answer(asked), await ask({ range: period.before, ...asked })];
    const earlier = new Map(before.rows.map((row) => [row.service_id, row.paged_incidents]));
    for (const [index, row] of now.entries()) {
      const then = earlier.get(row.service_id ?? null) ?? (before.complete ? 0 : null);
      same(texts('What paged')[index] ?? [], [row.service ?? null, row.paged_incidents ?? null, then]);
    }
    expect(texts('What paged')).toHaveLength(now.length);
  });

  it('of the noisiest alerts', async () => {
    const rows = await answer({ queryType: 'noise' });
    const columns = ['fingerprint', 'service', 'incidents', 'interruptions', 'share', 'auto_resolved_share'];
    expect(texts('Noisiest')).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) {
      same(
        texts('Noisiest')[index] ?? [],
        columns.map((name) => row[name] ?? null),
      );
    }
  });

  it('of each person’s nights', async () => {
    const nights = Map.groupBy(await answer({ queryType: 'night' }), ({ user }) => user ?? null);
    expect(texts('Nights')).toHaveLength(nights.size);
    for (const [person, interruptions, broken, hours] of texts('Nights')) {
      const own = nights.get(person ?? null) ?? [];
      const onCall = total(own, 'on_call_hours') * 3600;
      same(
        [interruptions, broken, hours],
        [total(own, 'sleep_interruptions'), own.filter((night) => night.broken === true).length, onCall],
      );
    }
  });

  it('of the incidents that are open, however old', async () => {
    const { to } = period.range;
    const range = { from: new Date(Date.parse(to) - 90 * DAY).toISOString(), to };
    const rows = await answer({ queryType: 'incidents', filters: UNRESOLVED }, range);
    const told = texts('Incidents still open').map((row) => row.slice(0, 6));
    expect(told).toEqual(
      rows.map((row) => [`#${row.number}`, row.title, row.service, row.urgency, row.status, day(row.time)]),
    );
  });
});
