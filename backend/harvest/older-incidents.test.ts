import { afterEach, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import { createStages, ready, rowsOf, until } from './harvest.fixture.ts';
import { incident, notify, ref, thing, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

it('a service that shows late has its older incidents read, also where PagerDuty takes too long to tell of them', async () => {
  const account = tinyAccount(3);
  account.refuseIf = ({ pathname, searchParams }) => {
    const [since, till] = ['since', 'until'].map((name) => Date.parse(searchParams.get(name) ?? ''));
    const isWide = searchParams.get('date_range') === 'all' || Number(till) - Number(since) > 4 * DAY;
    return pathname === '/incidents' && isWide ? 408 : null;
  };
  const stage = await stages.begin(account);
  await until(ready(stage.harvest));
  await stage.harvest.stop();
  account.lists.services?.push(thing('service', 'S2', { teams: [] }));
  account.lists.incidents?.push(incident(500, 30, { service: ref('service', 'S2') }));
  account.lists.log_entries?.push(notify('L500', 31, 'Q500', 'U1'));
  account.now += HOUR;
  const harvest = await stages.again(stage);
  await until(ready(harvest));
  expect((await rowsOf(stage.store, 'log_entry')).map(({ id }) => id)).toContain('L500');
});

it('a service that shows late has incidents read again that were refused, however old', async () => {
  const account = tinyAccount(3);
  const stage = await stages.begin(account);
  await until(ready(stage.harvest));
  await stage.harvest.stop();
  const refused = { incident_id: 'Q501', service_id: null, status: 403, seen_at: account.now };
  await stage.store.transact((writer) => writer.put('unreadable_incident', [refused]));
  const own = { service: ref('service', 'S2') };
  account.lists.services?.push(thing('service', 'S2', { teams: [] }));
  account.lists.incidents?.push(incident(500, 30, own), incident(501, -9000, own));
  account.now += HOUR;
  const harvest = await stages.again(stage);
  await until(ready(harvest));
  expect((await rowsOf(stage.store, 'incident')).map(({ id }) => id)).toContain('Q501');
  expect(await rowsOf(stage.store, 'unreadable_incident')).toEqual([]);
});
