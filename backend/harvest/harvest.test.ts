import { afterEach, describe, expect, it } from 'vitest';
import { sql } from '../sql/statement.ts';
import { contentOf, createStages, ready, rowsOf, until } from './harvest.fixture.ts';
import { BEGIN, entry, incident, notify, thing, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

describe('a first harvest', () => {
  it('ends with everything in the store, and knows how far it reaches', async () => {
    const { store, harvest } = await stages.begin(tinyAccount(150));
    await until(ready(harvest));
    expect(await rowsOf(store, 'incident')).toHaveLength(150);
    expect(await rowsOf(store, 'log_entry')).toHaveLength(450);
    const status = harvest.status();
    expect(status).toMatchObject({
      account: { id: 'tiny', simulated: false },
      complete: true,
      reason: null,
      error: null,
    });
    expect(status.progress).toMatchObject({ done: 1, secondsLeft: 0 });
    const coverage = await rowsOf(store, 'coverage');
    expect(coverage.find((row) => row.stream === 'log_entries')).toMatchObject({
      from: BEGIN,
      state: 'complete',
      rows: 450,
    });
    expect(coverage.find((row) => row.stream === 'incidents')).toMatchObject({
      from: BEGIN,
      state: 'complete',
      rows: 150,
    });
    expect(coverage.find((row) => row.stream === 'on_call')).toMatchObject({
      from: BEGIN,
      state: 'complete',
      rows: 2,
    });
    expect(coverage.find((row) => row.stream === 'users')).toMatchObject({ state: 'complete', rows: 2 });
  });

  it('derives facts beside the rows', async () => {
    const { store, harvest } = await stages.begin(tinyAccount(20));
    await until(ready(harvest));
    const [pages] = await store.read(sql`SELECT count(*) AS "count" FROM "page"`);
    const [facts] = await store.read(sql`SELECT count(*) AS "count" FROM "incident_fact"`);
    const [shifts] = await store.read(
      sql`SELECT min("start") AS "from", count(*) AS "count" FROM "shift" WHERE "user_id" = 'U1'`,
    );
    expect([pages?.count, facts?.count]).toEqual([20, 20]);
    expect(shifts).toMatchObject({ from: BEGIN });
  });

  it('splits a span that holds too much, and loses nothing', async () => {
    const { store, harvest } = await stages.begin({ ...tinyAccount(100), cap: 40 });
    await until(ready(harvest));
    expect(await rowsOf(store, 'log_entry')).toHaveLength(300);
    const [split] = await store.read(
      sql`SELECT count(*) AS "count" FROM "harvest_window" WHERE "state" = 'split'`,
    );
    expect(Number(split?.count)).toBeGreaterThan(3);
  });

  it('knows people, teams and services that only references name', async () => {
    const account = tinyAccount(2);
    account.lists.log_entries?.push(notify('LX', 130, 'Q2', 'U9'), notify('LY', 131, 'Q2', 'U9'));
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    const user = (await rowsOf(store, 'user')).find((row) => row.id === 'U9');
    expect(user).toMatchObject({ name: 'U9', listed: false, deleted_at: null });
  });

  it('keeps of an incident that nobody may read its entries, and of these service and teams', async () => {
    const account = tinyAccount(2);
    account.lists.log_entries?.push(entry('LX', 'trigger', 130, 'Q77'), notify('LY', 131, 'Q77', 'U1'));
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    expect(await rowsOf(store, 'unreadable_incident')).toMatchObject([
      { incident_id: 'Q77', service_id: 'S1', status: 404 },
    ]);
    const teams = await store.read(sql`SELECT "team_id" FROM "incident_team" WHERE "incident_id" = 'Q77'`);
    expect(teams).toEqual([{ team_id: 'T1' }]);
    account.lists.incidents?.push(incident(77, 130));
    account.lists.log_entries?.push(entry('LZ', 'annotate', 14_399, 'Q77'));
    account.now += 60_000;
    await until(async () => (await rowsOf(store, 'unreadable_incident')).length === 0);
  });

  it('reads incidents from before its begin that later entries belong to', async () => {
    const account = tinyAccount(2);
    account.lists.incidents?.push(incident(50, -5000));
    account.lists.log_entries?.push(entry('LX', 'annotate', 30, 'Q50'));
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    expect((await rowsOf(store, 'incident')).map((row) => row.id)).toContain('Q50');
  });
});

describe('the feed', () => {
  it('brings what happens, and the changed incident with it', async () => {
    const account = tinyAccount(3);
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    const minute = 10 * 24 * 60;
    account.lists.incidents?.push(incident(9, minute, { status: 'triggered', resolved_at: null }));
    account.lists.log_entries?.push(entry('L9a', 'trigger', minute, 'Q9'));
    account.now += 120_000;
    await until(async () => (await rowsOf(store, 'incident')).some((row) => row.id === 'Q9'));
    Object.assign(account.lists.incidents?.at(-1) ?? {}, { status: 'acknowledged' });
    account.lists.log_entries?.push(entry('L9b', 'acknowledge', minute + 2, 'Q9'));
    account.now += 120_000;
    await until(async () => (await rowsOf(store, 'incident')).some((row) => row.status === 'acknowledged'));
  });

  it('takes its watermark from the server, so that a fast clock of ours skips nothing', async () => {
    const account = tinyAccount(3);
    const { harvest } = await stages.begin(account);
    await until(ready(harvest));
    await until(() => harvest.harvestedUntil() !== null);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(harvest.harvestedUntil()).toBeLessThanOrEqual(account.now);
  });

  it('after a pause of days reads the gap oldest first, and only then is up to date', async () => {
    const account = tinyAccount(3);
    const stage = await stages.begin(account);
    const { store, harvest } = stage;
    await until(ready(harvest));
    await harvest.stop();
    const minute = 10 * 24 * 60;
    account.lists.incidents?.push(incident(9, minute + 1000));
    account.lists.log_entries?.push(entry('L9a', 'trigger', minute + 1000, 'Q9'));
    account.now += 5 * 86_400_000;
    const again = await stages.again(stage);
    await until(() => (again.harvestedUntil() ?? 0) > account.now - 60_000);
    expect((await rowsOf(store, 'incident')).map((row) => row.id)).toContain('Q9');
  });
});

describe('the order of things', () => {
  it('makes no difference: two harvests that begin at other times end alike', async () => {
    const account = tinyAccount(60);
    account.lists.log_entries?.push(entry('LX', 'trigger', 130, 'Q77'), notify('LY', 131, 'Q77', 'U9'));
    account.lists.log_entries?.push({
      ...notify('LZ', 5000, 'Q3', 'U9'),
      user: { ...thing('user', 'U9'), summary: 'An older name' },
    });
    const first = await stages.begin({ ...account });
    await until(ready(first.harvest));
    const second = await stages.begin({ ...account, now: account.now + 3 * 3_600_000, cap: 20 });
    await until(ready(second.harvest));
    await until(
      async () =>
        (await second.store.read(sql`SELECT 1 FROM "coverage" WHERE "to" IS NULL AND "stream" = 'on_call'`))
          .length === 0,
    );
    const [a, b] = [await contentOf(first.store), await contentOf(second.store)];
    const blind = (content: Record<string, string[]>) => ({
      ...content,
      user: content.user?.map((line) => line.replace(/[0-9a-f]{64}/, '')),
    });
    expect(blind(b)).toEqual(blind(a));
  });
});
