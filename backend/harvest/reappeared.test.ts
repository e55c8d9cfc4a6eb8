import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../clock.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { configOf, createStages, harvestOf, ready, rowsOf, type Stage, until } from './harvest.fixture.ts';
import {
  BEGIN,
  incident,
  notify,
  type Raw,
  ref,
  startTinyAccount,
  type TinyAccount,
  thing,
  tinyAccount,
} from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

const HIDDEN = incident(500, 30, { service: ref('service', 'S2') });

/** What one list is refused with so that the directory is read again in seconds. */
const AGAIN = 400;

/** An account whose second page of incidents is held back until `release`. */
function heldAccount() {
  const account = tinyAccount(110);
  account.refuse.set('/priorities', AGAIN);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  let held = false;
  account.holdIf = (url) => {
    if (held || url.pathname !== '/incidents' || url.searchParams.get('offset') !== '100') return null;
    held = true;
    return promise;
  };
  const show = () => {
    account.lists.services?.push(thing('service', 'S2', { teams: [] }));
    account.lists.incidents?.unshift(HIDDEN);
  };
  return { account, release, show, isHeld: () => held };
}

const OWN: Record<string, Raw> = {
  services: thing('service', 'S2', { teams: [] }),
  incidents: HIDDEN,
  log_entries: notify('L500', 31, 'Q500', 'U1'),
};

/** Lets hours pass, and starts a harvest that reads the directory once, and all that happened since. */
async function readDirectory(account: TinyAccount, stage: Stage, hours: number): Promise<void> {
  account.now += hours * 3_600_000;
  account.asked.length = 0;
  const harvest = await stages.again(stage);
  await until(() => harvest.status().state === 'ready');
  await until(() => (harvest.harvestedUntil() ?? 0) > account.now - MINUTE);
  await harvest.stop();
}

describe('a service that PagerDuty had hidden', () => {
  it.each([
    ['with its list', { services: [] }],
    ['alone', {}],
  ])(
    '%s while a window was read that lists it again days later has that window read once more',
    async (_how, empty) => {
      const account = tinyAccount(3);
      const hidden = { ...account.lists, ...empty };
      const shown = { ...account.lists };
      for (const [list, row] of Object.entries(OWN)) shown[list] = [row, ...(shown[list] ?? [])];
      account.lists = shown;
      account.refuse.set('/log_entries', 500).set('/incidents', 500);
      const stage = await stages.begin(account);
      await until(async () => (await rowsOf(stage.store, 'service')).some(({ id }) => id === 'S2'));
      account.lists = hidden;
      account.refuse.clear();
      await until(ready(stage.harvest));
      await stage.harvest.stop();
      await readDirectory(account, stage, 26);
      await readDirectory(account, stage, 26);
      expect((await rowsOf(stage.store, 'log_entry')).map(({ id }) => id)).not.toContain('L500');
      account.lists = shown;
      await readDirectory(account, stage, 26);
      expect((await rowsOf(stage.store, 'log_entry')).map(({ id }) => id)).toContain('L500');
      expect(await rowsOf(stage.store, 'missing_thing')).toEqual([]);
    },
  );

  it('has its entries read that are from before and became visible meanwhile', async () => {
    const account = tinyAccount(3);
    account.lists.services?.push(thing('service', 'S2', { teams: [] }));
    const shown = { ...account.lists };
    const stage = await stages.begin(account);
    await until(ready(stage.harvest));
    await stage.harvest.stop();
    await readDirectory(account, stage, 26);
    await readDirectory(account, stage, 26);
    account.lists = { ...shown, services: (shown.services ?? []).filter(({ id }) => id !== 'S2') };
    await readDirectory(account, stage, 26);
    await readDirectory(account, stage, 26);
    const late = notify('LATE', (10 * 24 + 10) * 60, 'Q1', 'U1');
    account.lists = { ...shown, log_entries: [...(shown.log_entries ?? []), late] };
    await readDirectory(account, stage, 26);
    expect((await rowsOf(stage.store, 'log_entry')).map(({ id }) => id)).toContain('LATE');
  });

  it('and shows while a window is under way has that window read once more', async () => {
    const { account, release, show, isHeld } = heldAccount();
    const { store, harvest } = await stages.begin(account);
    await until(isHeld);
    show();
    await until(async () => (await rowsOf(store, 'service')).some(({ id }) => id === 'S2'), 60);
    expect((await rowsOf(store, 'incident')).map(({ id }) => id)).not.toContain(HIDDEN.id);
    release();
    await until(ready(harvest), 90);
    expect((await rowsOf(store, 'incident')).map(({ id }) => id)).toContain(HIDDEN.id);
  }, 180_000);

  it('and shows while a window waits to be written has that window read once more', async () => {
    const account = tinyAccount(3);
    account.refuse.set('/priorities', AGAIN);
    const { promise, resolve: write } = Promise.withResolvers<void>();
    let isRead = false;
    account.holdIf = ({ pathname, searchParams }) => {
      isRead ||= pathname === '/incidents' && searchParams.has('since');
      return null;
    };
    const { url, close } = await startTinyAccount(account);
    const store = await openStore('duckdb::memory:');
    const slow: Store = {
      ...store,
      transact: async (work) => {
        if (isRead) await promise;
        return store.transact(work);
      },
    };
    const harvest = harvestOf(slow, configOf(url, { since: { at: BEGIN } }));
    stages.onClear(
      close,
      () => store.close(),
      () => harvest.stop(),
    );
    await harvest.start();
    await until(() => isRead);
    account.lists.services?.push(thing('service', 'S2', { teams: [] }));
    account.lists.incidents?.unshift(HIDDEN);
    await until(() => account.asked.some((path) => path.includes('service_ids')));
    // Until the change that it leads to waits to be written too.
    await new Promise((resolve) => setTimeout(resolve, 500));
    write();
    await until(async () => (await rowsOf(store, 'service')).some(({ id }) => id === 'S2'), 60);
    await until(ready(harvest), 90);
    expect((await rowsOf(store, 'incident')).map(({ id }) => id)).toContain(HIDDEN.id);
  }, 120_000);
});
