import { afterEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { createStages, ready, rowsOf, type Stage, until } from './harvest.fixture.ts';
import { entry, incident, type TinyAccount, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

/** So that the night after the first start has come. */
const NIGHT = 28 * HOUR;

const MINUTES_TO_NOW = 10 * 24 * 60;

async function harvested(account: TinyAccount): Promise<Stage> {
  const stage = await stages.begin(account);
  await until(ready(stage.harvest));
  await until(() => stage.harvest.harvestedUntil() !== null);
  await stage.harvest.stop();
  return stage;
}

const noteOf = async (store: Store, name: string) =>
  Number((await rowsOf(store, 'note')).find((note) => note.name === name)?.value ?? 0);

/** Starts the harvest again and waits until it has looked a second time. */
async function lookAgain(account: TinyAccount, stage: Stage): Promise<void> {
  const harvest = await stages.again(stage);
  await until(async () => (await noteOf(stage.store, 'second_look')) >= account.now - HOUR);
  await harvest.stop();
}

describe('the second look', () => {
  it('finds entries that became visible 23 hours late, also after a pause', async () => {
    const account = tinyAccount(3);
    const stage = await harvested(account);
    account.lists.log_entries?.push(entry('LATE', 'annotate', MINUTES_TO_NOW - 30, 'Q1'));
    account.now += NIGHT;
    await lookAgain(account, stage);
    expect((await rowsOf(stage.store, 'log_entry')).map((row) => row.id)).toContain('LATE');
    account.lists.log_entries?.push(entry('LATER', 'annotate', MINUTES_TO_NOW + 27 * 60, 'Q1'));
    account.now += 40 * DAY;
    await lookAgain(account, stage);
    expect((await rowsOf(stage.store, 'log_entry')).map((row) => row.id)).toContain('LATER');
    expect(await noteOf(stage.store, 'sure_until')).toBeGreaterThan(account.now - 26 * HOUR);
  });

  it('finds what changed of incidents without an entry, and what can no longer be read', async () => {
    const account = tinyAccount(4);
    const stage = await harvested(account);
    Object.assign(account.lists.incidents?.[0] ?? {}, { status: 'triggered', resolved_at: null });
    account.lists.incidents?.splice(2, 1);
    account.now += NIGHT;
    await lookAgain(account, stage);
    const incidents = await rowsOf(stage.store, 'incident');
    expect(incidents.map((row) => [row.id, row.status, row.resolved_at === null])).toEqual([
      ['Q1', 'triggered', true],
      ['Q2', 'resolved', false],
      ['Q4', 'resolved', false],
    ]);
    expect(await rowsOf(stage.store, 'unreadable_incident')).toMatchObject([
      { incident_id: 'Q3', status: 404 },
    ]);
    expect((await rowsOf(stage.store, 'incident_team')).map((row) => row.incident_id)).toContain('Q3');
    account.lists.incidents?.push(incident(3, 180));
    account.now += NIGHT;
    await lookAgain(account, stage);
    expect(await rowsOf(stage.store, 'unreadable_incident')).toEqual([]);
  });

  it('goes on where it was broken off', async () => {
    const account = tinyAccount(3);
    const stage = await harvested(account);
    account.now += NIGHT;
    account.refuseIf = (url) =>
      account.asked.filter((path) => path.startsWith('/incidents?')).length > 4 &&
      url.pathname === '/incidents'
        ? 500
        : null;
    account.asked = [];
    const first = await stages.again(stage);
    await until(async () => (await noteOf(stage.store, 'look_steps')) >= 2);
    await first.stop();
    const steps = await noteOf(stage.store, 'look_steps');
    const begun = await noteOf(stage.store, 'look_begun');
    account.refuseIf = () => null;
    account.asked = [];
    await lookAgain(account, stage);
    expect(await noteOf(stage.store, 'second_look')).toBe(begun);
    const onCalls = account.asked.filter((path) => path.startsWith('/oncalls'));
    expect([steps >= 2, onCalls.length]).toEqual([true, 1]);
  });
});
