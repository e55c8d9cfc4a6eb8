import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, by, entry, rowsOf } from '../testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

it('log entries are log lines: newest first, sentences with levels, for the logs view', async () => {
  const answer = await ask(store, { queryType: 'log_entries' });
  const { meta, fields } = answer.frames[0]?.schema ?? {};
  expect(meta?.preferredVisualisationType).toBe('logs');
  expect(fields?.slice(0, 2).map(({ name, type }) => [name, type])).toEqual([
    ['time', 'time'],
    ['body', 'string'],
  ]);
  const rows = rowsOf(answer);
  expect(rows.map((row) => [row.level, row.body]).slice(0, 4)).toEqual([
    ['info', '#6 disk 6 full: resolved'],
    ['warning', '#4 disk 4 full: Bob B. notified, means phone'],
    ['error', '#4 disk 4 full: escalated by timeout'],
    ['warning', '#4 disk 4 full: Bob B. notified, means phone'],
  ]);
  expect(rows.find((row) => row.id === 'L15')).toEqual({
    time: Date.parse('2026-03-03T02:05:00Z'),
    body: '#1 disk 1 full: assigned anew by Ann B.',
    level: 'info',
    id: 'L15',
    type: 'assign_log_entry',
    incident: 1,
    incident_id: 'I1',
    user: 'Ann B.',
    user_id: 'Ann',
    service: 'Service S1',
    service_id: 'S1',
    duration: null,
    channel: 'website',
  });
});

it('log entries of low urgency are quieter, and take the filters of incidents', async () => {
  const filters = [{ dimension: 'urgency', op: '=' as const, values: ['low'] }];
  const rows = rowsOf(await ask(store, { queryType: 'log_entries', filters }));
  expect(rows.map((row) => [row.level, row.body])).toEqual([
    ['info', '#3 disk 3 full: resolved by timeout'],
    ['info', '#3 disk 3 full: Ann B. notified, means email'],
  ]);
});

it('log entries of an incident that cannot be read, of unknown types and with notes are lines too', async () => {
  const odd = await accountStore();
  const at = '2026-03-21T01:30:00Z';
  await odd.transact((writer) =>
    writer.put('log_entry', [
      entry('N1', 'U1', 'annotate', at, { ...by('Ann'), note: 'look at the disk', service_id: 'S2' }),
      entry('N2', 'U1', 'sent_to_the_moon', '2026-03-21T01:31:00Z', { channel_type: null }),
      entry('N3', 'I4', 'snooze', '2026-03-21T01:32:00Z', { ...by('Bob'), duration: 5400 }),
    ]),
  );
  const range = { from: '2026-03-21T00:00:00.000Z', to: '2026-03-22T00:00:00.000Z' };
  const rows = rowsOf(await ask(odd, { queryType: 'log_entries', range }));
  expect(rows.map((row) => row.body)).toEqual([
    '#4 disk 4 full: snoozed for 90 min by Bob B.',
    'U1: sent to the moon',
    'U1: note "look at the disk" by Ann B.',
  ]);
  expect(rows[0]).toMatchObject({ duration: 5400 });
  expect(rows[2]).toMatchObject({ incident: null, service: 'Service S2' });
  await odd.close();
});
