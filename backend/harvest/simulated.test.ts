import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { MINUTE, SECOND } from '../clock.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { configOf, contentOf, fastClock, harvestOf, ready, rowsOf, until } from './harvest.fixture.ts';

const UNTIL = '2026-11-16T00:00:00Z';
const SINCE = Date.parse('2026-11-02T00:00:00Z');
const ACCOUNT = { seed: 3, size: 'small', port: 0, token: 'a-secret-key' } as const;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function harvestAll(
  changes: Parameters<Simulator['control']>[0],
): Promise<{ store: Store; url: string }> {
  const clock = fastClock(50);
  const simulator = await startSimulator({ ...ACCOUNT, until: UNTIL, live: false, now: clock.now });
  simulator.control(changes);
  const store = await openStore('duckdb::memory:');
  const key = { name: 'email_key', value: '00'.repeat(32), written_at: null };
  await store.transact((writer) => writer.put('note', [key]));
  const harvest = harvestOf(store, configOf(simulator.url, { since: { at: SINCE } }), clock);
  closing.push(
    () => simulator.stop(),
    () => store.close(),
    () => harvest.stop(),
  );
  await harvest.start();
  await until(ready(harvest), 120);
  await until(() => harvest.status().complete && harvest.harvestedUntil() !== null);
  await until(() => harvest.status().streams.some(({ stream, to }) => stream === 'on_call' && to !== null));
  return { store, url: simulator.url };
}

/** How many rows of a list PagerDuty counts in the span that was harvested. */
async function totalOf(url: string, list: string): Promise<number> {
  const until = new Date(Date.parse(UNTIL) - 5000).toISOString();
  const query = new URLSearchParams({
    since: new Date(SINCE).toISOString(),
    until,
    total: 'true',
    limit: '1',
  });
  const headers = { authorization: `Token token=${ACCOUNT.token}` };
  const answer = await fetch(`${url}/${list}?${query}`, { headers });
  return ((await answer.json()) as { total: number }).total;
}

describe('a simulated account', () => {
  it('is harvested alike whatever PagerDuty leaves undocumented, and marked as simulated', async () => {
    const { store, url } = await harvestAll({ order: 'descending', bounds: '[)' });
    const other = await harvestAll({
      order: 'ascending',
      bounds: '(]',
      rateLimit: 150,
      silentRateLimit: true,
    });
    const content = await contentOf(store);
    expect(content.log_entry).toHaveLength(await totalOf(url, 'log_entries'));
    expect(content.incident?.length).toBeGreaterThanOrEqual(await totalOf(url, 'incidents'));
    expect(content.page?.length).toBeGreaterThan(200);
    expect(content.shift?.length).toBeGreaterThan(200);
    expect(await contentOf(other.store)).toEqual(content);
    expect(await rowsOf(store, 'account')).toMatchObject([{ simulated: true }]);
  }, 300_000);

  it('that lives is at most 90 seconds ahead of the store, over 20 incidents', async () => {
    const clock = fastClock(20);
    const begin = new Date(clock.now()).toISOString();
    const simulator = await startSimulator({
      ...ACCOUNT,
      until: begin,
      live: true,
      liveRate: 4,
      now: clock.now,
    });
    simulator.control({ rateLimit: 1_000_000 });
    const store = await openStore('duckdb::memory:');
    const since = clock.now() - 10 * MINUTE;
    const harvest = harvestOf(store, configOf(simulator.url, { since: { at: since } }), clock);
    closing.push(
      () => simulator.stop(),
      () => store.close(),
      () => harvest.stop(),
    );
    await harvest.start();
    await until(ready(harvest), 60);
    const readyAt = simulator.accountTime();
    const delays = new Map<string, number>();
    await until(async () => {
      const seenAt = simulator.accountTime();
      for (const row of await rowsOf(store, 'incident')) {
        const created = Number(row.created_at);
        if (created > readyAt && !delays.has(String(row.id))) delays.set(String(row.id), seenAt - created);
      }
      return delays.size >= 20;
    }, 120);
    expect(Math.max(...delays.values()) / SECOND).toBeLessThanOrEqual(90);
  }, 200_000);
});
