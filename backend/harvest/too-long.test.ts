import { afterEach, describe, expect, it } from 'vitest';
import { DAY } from '../clock.ts';
import { createStages, ready, rowsOf, until } from './harvest.fixture.ts';
import { entry, incident, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

const NOW = 10 * 24 * 60;
const burst = (minute: number, count: number) =>
  Array.from({ length: count }, (_, n) => entry(`B${minute}-${n}`, 'annotate', minute, 'Q1'));

describe('a second that holds more than PagerDuty lets anybody read', () => {
  it('is named in coverage by the backfill, and everything else is read', async () => {
    const account = { ...tinyAccount(30), cap: 40 };
    account.lists.log_entries?.push(...burst(500, 41));
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    expect(await rowsOf(store, 'log_entry')).toHaveLength(90);
    const stream = harvest.status().streams.find((one) => one.stream === 'log_entries');
    expect(stream).toMatchObject({
      state: 'error',
      reason: expect.stringMatching(/The second 2026-11-10T08:20:00Z holds 10,001 log_entries/),
    });
    expect(harvest.status()).toMatchObject({ complete: false, reason: expect.stringContaining('08:20:00Z') });
  });

  it('does not hold up the feed, and is mended once it can be read', async () => {
    const account = { ...tinyAccount(3), cap: 40 };
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    const late = burst(NOW + 1, 41);
    account.lists.log_entries?.push(...late, entry('AFTER', 'annotate', NOW + 2, 'Q1'));
    account.now += 4 * 60_000;
    await until(async () => (await rowsOf(store, 'log_entry')).some((row) => row.id === 'AFTER'));
    await until(() => (harvest.harvestedUntil() ?? 0) > account.now - 60_000);
    expect(harvest.status().reason).toContain('2026-11-20T00:01:00Z');
    account.cap = 10_000;
    await until(() => harvest.status().complete);
    expect(await rowsOf(store, 'log_entry')).toHaveLength(9 + 42);
  });

  it('of open incidents does not keep the others from being read', async () => {
    const account = { ...tinyAccount(3), cap: 40 };
    const open = { status: 'triggered', resolved_at: null };
    for (let n = 0; n < 41; n += 1) account.lists.incidents?.push(incident(100 + n, 700, open));
    account.lists.incidents?.push(incident(99, 800, open), incident(98, -9000, open));
    account.lists.log_entries?.push(entry('OLD', 'annotate', 30, 'Q98'));
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    Object.assign(account.lists.incidents?.find((one) => one.id === 'Q98') ?? {}, { status: 'resolved' });
    account.lists.incidents?.push(incident(97, 900, open));
    await until(async () => {
      const rows = new Map((await rowsOf(store, 'incident')).map((row) => [row.id, row.status]));
      return rows.get('Q98') === 'resolved' && rows.get('Q97') === 'triggered';
    });
    expect(harvest.status().reason).toContain('incidents');
  });
});

it('an answer that is too slow is asked for in halves, and a second that stays slow is tried again later', async () => {
  const account = tinyAccount(10);
  account.refuseIf = (url) => {
    const [since, until] = ['since', 'until'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
    return url.pathname === '/log_entries' && Number(until) - Number(since) > 4 * 86_400_000 ? 408 : null;
  };
  const { store, harvest } = await stages.begin(account);
  await until(ready(harvest));
  expect(harvest.status().complete).toBe(true);
  expect(await rowsOf(store, 'log_entry')).toHaveLength(30);
});

it('open incidents that take too long as one list are asked for by the time of their creation, back to the first of the account', async () => {
  const account = tinyAccount(3);
  const years = 3 * 365 * 24 * 60;
  account.lists.incidents?.push(incident(95, -years, { status: 'triggered', resolved_at: null }));
  account.refuseIf = (url) =>
    url.pathname === '/incidents' && url.searchParams.get('date_range') === 'all' ? 408 : null;
  const { store, harvest } = await stages.begin(account, {}, 200);
  await until(ready(harvest));
  const open = { status: 'triggered', resolved_at: null };
  account.lists.incidents?.push(incident(96, -9000, open), incident(97, 900, open));
  await until(async () => {
    const ids = (await rowsOf(store, 'incident')).map(({ id }) => id);
    return ids.includes('Q95') && ids.includes('Q96') && ids.includes('Q97');
  });
  expect(harvest.status().error).toBeNull();
});

it('a long list whose order changes while it is read is read in parts that hold still', async () => {
  const account = tinyAccount(400);
  account.now += 10 * DAY;
  account.reverseIf = ({ pathname, searchParams }) => {
    const [since, until] = ['since', 'until'].map((name) => Date.parse(searchParams.get(name) ?? ''));
    const isLong = pathname === '/log_entries' && Number(until) - Number(since) > 12 * DAY;
    return isLong && Number(searchParams.get('offset')) >= 600;
  };
  const { store, harvest } = await stages.begin(account);
  await until(ready(harvest));
  expect(harvest.status().complete).toBe(true);
  expect(await rowsOf(store, 'log_entry')).toHaveLength(1200);
  expect((await rowsOf(store, 'harvest_window')).map(({ state }) => state)).toContain('split');
});

it('a row without a time is counted once, however often it is read', async () => {
  const account = tinyAccount(10);
  account.lists.log_entries?.push(entry('BAD', 'annotate', NOW, 'Q1', { created_at: 'soon' }));
  const { store, harvest } = await stages.begin(account);
  await until(ready(harvest));
  await until(() => account.asked.filter((path) => path.startsWith('/log_entries')).length > 6);
  const stream = harvest.status().streams.find((one) => one.stream === 'log_entries');
  expect(stream?.reason).toContain('1 rows have a form of which nothing can be made, and are not kept.');
  expect(await rowsOf(store, 'strange_row')).toMatchObject([{ stream: 'log_entries', id: 'BAD' }]);
});

it('an incident of a form that is not known is counted, and does not hold up the feed', async () => {
  const account = tinyAccount(3);
  const { store, harvest } = await stages.begin(account);
  await until(ready(harvest));
  account.lists.incidents?.push(incident(99, NOW + 1, { urgency: null }));
  account.lists.log_entries?.push(entry('OF99', 'annotate', NOW + 1, 'Q99'));
  account.now += 4 * 60_000;
  await until(() => (harvest.harvestedUntil() ?? 0) > account.now - 60_000);
  expect((await rowsOf(store, 'log_entry')).map(({ id }) => id)).toContain('OF99');
  expect(await rowsOf(store, 'strange_row')).toMatchObject([{ stream: 'incidents', id: 'Q99' }]);
});
