import { afterEach, expect, it } from 'vitest';
import { createStages, ready, rowsOf, until } from './harvest.fixture.ts';
import { entry, incident, notify, ref, tinyAccount } from './tiny-account.fixture.ts';

const stages = createStages();
afterEach(() => stages.clear());

it('what PagerDuty invents is kept, and coverage counts it by name', async () => {
  const account = tinyAccount(3);
  account.lists.log_entries?.push(
    entry('X1', 'telepathy', 61, 'Q1'),
    entry('X2', 'telepathy', 62, 'Q1', { agent: ref('robot', 'R1') }),
    entry('X3', 'annotate', 63, 'Q1', { channel: { type: 'crystal_ball' } }),
    { ...notify('X4', 64, 'Q1', 'U1'), channel: { notification: { type: 'whatsapp_notification' } } },
    { ...notify('X5', 65, 'Q1', 'U1'), user: null },
    entry('X6', 'annotate', 66, 'Q66'),
  );
  account.lists.incidents?.push(incident(9, 90, { status: 'pondering', urgency: 'extreme' }));
  const { store, harvest } = await stages.begin(account);
  await until(ready(harvest));
  const reasonOf = (stream: string) =>
    harvest.status().streams.find((one) => one.stream === stream)?.reason ?? '';
  await until(() => reasonOf('incidents').includes('pondering'));
  await until(() => reasonOf('log_entries').includes('telepathy'));
  expect(reasonOf('log_entries')).toBe(
    [
      'Kept entries of unknown types: 2 telepathy_log_entry.',
      'Kept entries of unknown agents: 1 robot_reference.',
      'Kept entries of unknown channels: 1 crystal_ball.',
      'Kept notifications by unknown means: 1 whatsapp_notification.',
      '1 notifications name no person and make no page.',
    ].join(' '),
  );
  expect(reasonOf('incidents')).toBe(
    [
      'Kept incidents of unknown status: 1 pondering.',
      'Kept incidents of unknown urgency: 1 extreme.',
      '1 incidents that log entries tell of are gone (404): their notifications, teams and services are kept.',
    ].join(' '),
  );
  expect(await rowsOf(store, 'log_entry')).toHaveLength(15);
  expect(harvest.status()).toMatchObject({
    complete: true,
    remarks: expect.arrayContaining([expect.stringContaining('telepathy')]),
  });
});

it('incidents that are hidden make coverage an error until they may be read', async () => {
  const account = tinyAccount(3);
  account.refuse.set('/incidents/Q66', 403);
  account.lists.log_entries?.push(entry('X6', 'annotate', 66, 'Q66'));
  const { harvest } = await stages.begin(account, {}, 500);
  const told = () => harvest.status().streams.find((one) => one.stream === 'incidents');
  await until(() => told()?.state === 'error');
  expect(told()?.reason).toMatch(/^1 incidents may not be read \(403\).*Give the key's user access/);
  expect(harvest.status()).toMatchObject({ complete: false, reason: expect.stringContaining('(403)') });
  account.refuse.clear();
  account.lists.incidents?.push(incident(66, 66));
  account.lists.log_entries?.push(entry('X7', 'annotate', 14_399, 'Q66'));
  account.now += 60_000;
  await until(() => told()?.state === 'complete');
  expect(harvest.status().complete).toBe(true);
});
