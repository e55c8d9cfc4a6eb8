import { afterEach, describe, expect, it } from 'vitest';
import { openStore } from '../store/open.ts';
import { configOf, contentOf, createStages, harvestOf, ready, rowsOf, until } from './harvest.fixture.ts';
import { startTinyAccount, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

describe('trouble', () => {
  it('with the key stops the harvest, keeps the watermark and says what to do', async () => {
    const account = tinyAccount(3);
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    await until(() => harvest.harvestedUntil() !== null);
    const before = harvest.harvestedUntil();
    account.refuse.set('/log_entries', 401);
    await until(() => harvest.status().state === 'stopped');
    expect(harvest.status()).toMatchObject({
      complete: false,
      error: expect.stringContaining('PAGERDUTY_TOKEN'),
    });
    expect(harvest.harvestedUntil()).toBeGreaterThanOrEqual(before ?? 0);
    await until(async () => (await rowsOf(store, 'coverage')).some((row) => row.state === 'error'));
    const asked = account.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(account.asked.length).toBe(asked);
  });

  it('without a key stops at once, and answers say why', async () => {
    const account = tinyAccount(1);
    const { url, close } = await startTinyAccount(account);
    const store = await openStore('duckdb::memory:');
    const config = configOf(url, { pagerduty: { ...configOf(url).pagerduty, credential: null } });
    const harvest = harvestOf(store, config);
    stages.onClear(
      close,
      () => store.close(),
      () => harvest.stop(),
    );
    await harvest.start();
    await until(() => harvest.status().state === 'stopped');
    expect(harvest.status().error).toContain('Set PAGERDUTY_TOKEN');
    await until(async () => (await rowsOf(store, 'coverage')).length > 0);
    expect((await rowsOf(store, 'coverage')).map((row) => row.reason)).toContain(harvest.status().error);
  });

  it.each([
    [403, '/priorities', 'priorities', 'priorities.read', true],
    [402, '/priorities', 'priorities', 'the ability "incident priorities"', true],
    [403, '/oncalls', 'on_call', 'oncalls.read', true],
    [
      402,
      '/incidents',
      'incidents',
      'lacks an ability that .* which PagerDuty names in its answer: .*Refused',
      false,
    ],
  ])(
    'of %i on %s disables %s by name, and the others go on',
    async (status, path, stream, words, complete) => {
      const account = tinyAccount(5);
      account.refuse.set(path, status);
      const { store, harvest } = await stages.begin(account, {}, 500);
      await until(async () => (await rowsOf(store, 'coverage')).some((row) => row.state === 'disabled'));
      await until(async () => (await rowsOf(store, 'log_entry')).length === 15);
      const row = (await rowsOf(store, 'coverage')).find((coverage) => coverage.stream === stream);
      expect(row).toMatchObject({ state: 'disabled', reason: expect.stringMatching(words) });
      await until(() => harvest.status().state === 'ready');
      await until(() => harvest.status().complete === complete);
      const said = { stream, message: row?.reason };
      expect(harvest.status().lastError).toMatchObject(said);
      expect(Date.parse(harvest.status().lastError?.at ?? '')).toBeGreaterThan(0);
      const { remarks, reason } = harvest.status();
      expect(complete ? remarks.join() : reason).toContain(`${stream}: ${row?.reason}`);
      account.refuse.clear();
      await until(ready(harvest), 120);
    },
    180_000,
  );

  it('that passes is waited out', async () => {
    const account = tinyAccount(5);
    account.refuse.set('/log_entries', 500);
    const { store, harvest } = await stages.begin(account);
    await until(() => harvest.status().streams.some((stream) => stream.state === 'error'));
    expect(harvest.status()).toMatchObject({ complete: false, error: expect.stringContaining('500') });
    account.refuse.clear();
    await until(() => harvest.status().complete);
    expect(await rowsOf(store, 'log_entry')).toHaveLength(15);
  });

  it('of another account in the same store is refused before anything is written', async () => {
    const { store, harvest, config } = await stages.begin(tinyAccount(1));
    await until(ready(harvest));
    await harvest.stop();
    const before = await contentOf(store);
    const other = tinyAccount(1);
    for (const list of Object.values(other.lists)) {
      for (const row of list) if (row.html_url) row.html_url = String(row.html_url).replace('tiny', 'other');
    }
    const { url, close } = await startTinyAccount(other);
    const second = harvestOf(store, { ...config, pagerduty: { ...config.pagerduty, url } });
    stages.onClear(close, () => second.stop());
    await second.start();
    await until(() => second.status().state === 'stopped');
    expect(second.status().error).toMatch(/holds the account "tiny".*opens "other".*PAGEBUDGET_STORE/);
    expect(await contentOf(store)).toEqual(before);
  });
});
