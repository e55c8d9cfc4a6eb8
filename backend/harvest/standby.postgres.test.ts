import { afterEach, expect, it } from 'vitest';
import { openStore } from '../store/open.ts';
import { engine } from '../store/testing/engine.ts';
import { startPostgres } from '../store/testing/postgres-server.ts';
import { configOf, createStages, harvestOf, ready, rowsOf, until } from './harvest.fixture.ts';
import { BEGIN, incident, startTinyAccount, tinyAccount } from './tiny-account.fixture.ts';

const { onClear, clear } = createStages();
afterEach(clear);

/** A process: a store of its own on one database, and the harvest that it would do. */
async function processOn(url: string, api: string) {
  const store = await openStore(url);
  const harvest = harvestOf(store, configOf(api, { since: { at: BEGIN } }));
  const end = async () => {
    await harvest.stop();
    await store.close();
  };
  return { store, harvest, end };
}

it('of two processes one harvests; the other tells how far that is, and goes on when it ends', async () => {
  const account = tinyAccount(20);
  const api = await startTinyAccount(account);
  onClear(api.close);
  const url = engine.newUrl();
  const first = await processOn(url, api.url);
  const second = await processOn(url, api.url);
  onClear(second.end);
  await first.harvest.start();
  await second.harvest.start();
  expect(second.harvest.status()).toMatchObject({ state: 'standby', requests: { used: 0 } });
  await until(ready(first.harvest));
  await until(() => first.harvest.status().complete);
  await until(() => second.harvest.status().complete);
  const seen = second.harvest.status();
  expect(seen).toMatchObject({ state: 'standby', account: { id: 'tiny' }, reason: null, error: null });
  expect(seen.streams.map(({ stream }) => stream)).toEqual(
    first.harvest.status().streams.map(({ stream }) => stream),
  );
  expect(await rowsOf(second.store, 'incident')).toHaveLength(20);

  await first.end();
  account.lists.incidents?.push(incident(21, 21));
  await until(() => second.harvest.status().state === 'ready');
  expect(second.harvest.harvestedUntil()).not.toBeNull();
});

it('a harvest whose server restarts goes on by itself', async () => {
  const server = await startPostgres();
  onClear(() => server.stop());
  const account = tinyAccount(40);
  const api = await startTinyAccount({ ...account, cap: 12 });
  onClear(api.close);
  const { store, harvest, end } = await processOn(server.url, api.url);
  onClear(end);
  await harvest.start();
  await until(() => harvest.status().progress.done > 0);
  await server.restart();
  await until(() => harvest.status().state === 'ready' && harvest.status().complete, 60);
  expect(await rowsOf(store, 'incident')).toHaveLength(40);
});
