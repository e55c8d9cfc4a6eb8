import { afterEach, describe, expect, it } from 'vitest';
import { createStages, ready, rowsOf, until } from './harvest.fixture.ts';
import { incident, ref, thing, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

const HIDDEN = incident(500, 30, { service: ref('service', 'S2') });

/** An account whose second page of incidents is held back until `release`. */
function heldAccount() {
  const account = tinyAccount(110);
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

describe('a service that PagerDuty had hidden', () => {
  it('and shows while a window is under way has that window read once more', async () => {
    const { account, release, show, isHeld } = heldAccount();
    const { store, harvest } = await stages.begin(account, {}, 400);
    await until(isHeld);
    show();
    await until(async () => (await rowsOf(store, 'service')).some(({ id }) => id === 'S2'), 60);
    expect((await rowsOf(store, 'incident')).map(({ id }) => id)).not.toContain(HIDDEN.id);
    release();
    await until(ready(harvest), 90);
    expect((await rowsOf(store, 'incident')).map(({ id }) => id)).toContain(HIDDEN.id);
  }, 180_000);
});
