import { afterEach, describe, expect, it } from 'vitest';
import { createStages, ready, rowsOf, until } from './harvest.fixture.ts';
import { entry, incident, type TinyAccount, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

const DIRECTORY = ['/users', '/teams', '/escalation_policies', '/services', '/schedules', '/priorities'];

function withoutDirectory(account: TinyAccount): TinyAccount {
  for (const path of DIRECTORY) account.refuse.set(path, 403);
  return account;
}

const foreign = (number: number, minutes: number) =>
  incident(number, minutes, { html_url: `https://other.pagerduty.com/incidents/Q${number}` });

describe('the account', () => {
  it('is told by its incidents where the key may read no directory', async () => {
    const { store, harvest } = await stages.begin(withoutDirectory(tinyAccount(2)));
    await until(ready(harvest));
    expect(await rowsOf(store, 'account')).toMatchObject([{ id: 'tiny' }]);
  });

  it('that nothing tells is not harvested, so that no other can be mixed into the store later', async () => {
    const account = withoutDirectory(tinyAccount(2));
    for (const row of account.lists.incidents ?? []) row.html_url = null;
    const { store, harvest } = await stages.begin(account);
    const said = 'let the key read users, services or incidents';
    await until(() => harvest.status().error?.includes(said) ?? false);
    expect(harvest.status()).toMatchObject({ state: 'starting', complete: false });
    expect(await rowsOf(store, 'incident')).toEqual([]);
    account.refuse.clear();
    await until(ready(harvest));
    expect(await rowsOf(store, 'account')).toMatchObject([{ id: 'tiny' }]);
  });

  it('that is simulated differs from one that differs in nothing but its end', async () => {
    const account = { ...tinyAccount(2), simulation: 'seed=1; until=2026-11-16T00:00:00Z' };
    const stage = await stages.begin(account);
    await until(ready(stage.harvest));
    expect(await rowsOf(stage.store, 'account')).toMatchObject([{ simulated: true }]);
    await stage.harvest.stop();
    account.simulation = 'seed=1; until=2026-11-17T00:00:00Z';
    const other = await stages.again(stage);
    await until(() => other.status().state === 'stopped');
    expect(other.status().error).toMatch(/holds the account .*11-16.*opens .*11-17/);
  });

  it('that changes under a running harvest stops it before a row of the other is stored', async () => {
    const account = tinyAccount(2);
    const { store, harvest } = await stages.begin(account);
    await until(ready(harvest));
    const minute = 10 * 24 * 60 + 1;
    account.lists.incidents?.push(foreign(9, minute));
    account.lists.log_entries?.push(entry('L9', 'trigger', minute, 'Q9'));
    account.now += 120_000;
    await until(() => harvest.status().state === 'stopped');
    expect(harvest.status().error).toMatch(/holds the account "tiny".*opens "other"/);
    expect((await rowsOf(store, 'incident')).map((row) => row.id)).not.toContain('Q9');
  });
});
