import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../store/store.ts';
import { budgetRemarks, countRemark, nightRemark, openRemark } from '../review.ts';
import { accountStore, ask, rowsOf, TO } from '../testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

it('tells the period in sentences that hold the numbers of the other queries', async () => {
  const rows = rowsOf(await ask(store, { queryType: 'review' }));
  const [pages] = rowsOf(await ask(store, { metric: 'interruptions', format: 'table' }));
  const nights = rowsOf(await ask(store, { queryType: 'night' }));
  const [worst] = rowsOf(await ask(store, { queryType: 'noise' }));
  const sentences = rows.map((row) => String(row.sentence));
  expect(sentences).toContain(
    `${pages?.interruptions} interruptions of people; the period before is not harvested.`,
  );
  expect(sentences).toContainEqual(
    expect.stringMatching(
      new RegExp(`^${nights.filter((row) => row.broken).length} of ${nights.length} nights were broken`),
    ),
  );
  expect(sentences).toContainEqual(expect.stringContaining(`“${worst?.fingerprint}” of ${worst?.service}`));
  expect(sentences).toContainEqual(expect.stringMatching(/^1 incident of the last 90 days is still open/));
  expect(rows.every((row) => /^pagebudget-/.test(String(row.dashboard)))).toBe(true);
});

it('tells of open incidents that began before the range, as the dashboard of who is on call does', async () => {
  const [open] = rowsOf(
    await ask(store, {
      queryType: 'incidents',
      filters: [{ dimension: 'status', op: '!=', values: ['resolved'] }],
    }),
  );
  const began = Number(open?.time);
  const range = { from: new Date(began + 86_400_000).toISOString(), to: TO };
  const told = rowsOf(await ask(store, { queryType: 'review', range })).find(({ about }) => about === 'Open');
  const since = new Date(began).toISOString().slice(0, 16).replace('T', ' ');
  expect(told).toMatchObject({
    mood: 'watch',
    sentence: `1 incident of the last 90 days is still open, since ${since} UTC.`,
  });
});

it('narrows what a filter goes with, leaves nights out where it does not, and chooses budgets by team alone', async () => {
  const filters = [{ dimension: 'service', op: '=' as const, values: ['S2'] }];
  const rows = rowsOf(await ask(store, { queryType: 'review', filters }));
  const [pages] = rowsOf(await ask(store, { metric: 'interruptions', format: 'table', filters }));
  expect(rows[1]?.sentence).toMatch(new RegExp(`^${pages?.interruptions} interruption`));
  expect(rows.some(({ sentence }) => /nights? .*(were|was) broken/.test(String(sentence)))).toBe(false);
  const budgets = [
    {
      ...{ name: 'tight', allowed: 1, unit: 'incidents' as const, consequence: null, select: {} },
      period: { kind: 'rolling' as const, length: 28 * 86_400_000 },
    },
  ];
  const told = rowsOf(await ask(store, { queryType: 'review', filters }, { budgets }));
  expect(told.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(/^Budget tight is over/));
});

it('compares counts with the period before', () => {
  const said = (now: number | null, previous: number | null) =>
    countRemark('Pages', ['page', 'pages'], { now, previous }, 'x');
  expect(said(5, 3)).toMatchObject({ mood: 'watch', sentence: '5 pages, 2 more than in the period before.' });
  expect(said(3, 3)).toMatchObject({
    mood: 'good',
    sentence: '3 pages, as many as in the period before.',
  });
  expect(said(null, 3)).toMatchObject({ mood: 'unknown' });
});

it('names every spent budget, else the one with least left', () => {
  const row = (budget: string, remaining: number | null, exhausted = false) => ({
    ...{ budget, remaining, exhausted, overspent: exhausted, used: 9, allowed: 8 },
  });
  expect(budgetRemarks([row('a', -0.1, true), row('b', 0.5)]).map(({ sentence }) => sentence)).toEqual([
    'Budget a is overspent: 9 of 8 used.',
  ]);
  expect(budgetRemarks([row('a', 0.2), row('b', 0.5), row('c', null)])).toMatchObject([
    {
      mood: 'watch',
      sentence: 'No budget is spent; the least is left of a: 20 %. Of 1 it is not known.',
    },
  ]);
});

it('leaves the names out of broken nights that the viewer may not know', () => {
  const night = (person: string | null, broken: boolean) => ({ person, broken });
  expect(nightRemark([night('Ann', true), night('Ann', true), night('Bob', false)]).sentence).toBe(
    '2 of 3 nights were broken (most: Ann 2).',
  );
  expect(nightRemark([night(null, true), night(null, false)]).sentence).toBe('1 of 2 nights were broken.');
});

it('says of open incidents that they are unknown before anything is harvested, and resolved where none is open', () => {
  expect(openRemark(null, null)).toMatchObject({
    mood: 'unknown',
    sentence: 'Open incidents: not harvested yet.',
  });
  expect(openRemark(0, null)).toMatchObject({ mood: 'good' });
});
