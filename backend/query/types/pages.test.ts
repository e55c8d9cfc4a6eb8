import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { Store } from '../../store/store.ts';
import { accountStore, ask, entry, incident, rowsOf, to } from '../testing/account.ts';

let store: Store;
beforeAll(async () => {
  store = await accountStore();
});
afterAll(() => store.close());

it('pages are told one by one, the newest first, each with its wall clock and what held when it came', async () => {
  const rows = rowsOf(await ask(store, { queryType: 'pages' }));
  expect(rows.map((row) => [row.user, row.incident, row.local_time])).toEqual([
    ['Bob B.', 4, '2026-03-09 23:45:00'],
    ['Bob B.', 4, '2026-03-09 14:45:00'],
    ['Ann B.', 2, '2026-03-03 03:03:00'],
    ['Ann B.', 1, '2026-03-03 03:00:00'],
  ]);
  expect(rows[3]).toEqual({
    time: Date.parse('2026-03-03T02:00:00Z'),
    local_time: '2026-03-03 03:00:00',
    user: 'Ann B.',
    user_id: 'Ann',
    incident: 1,
    incident_id: 'I1',
    service: 'Service S1',
    service_id: 'S1',
    teams: `O'Brien's "team" -- ; DROP TABLE page, Payments`,
    team_ids: 'T2, T1',
    escalation_policy: 'Policy P1',
    escalation_policy_id: 'P1',
    schedule: 'Primary',
    schedule_id: 'C1',
    urgency: 'high',
    priority: null,
    priority_id: null,
    means: 'push',
    hour_class: 'sleep',
    night: '2026-03-02',
    notifications: 2,
    interruption: true,
  });
});

it('pages link to their incident in PagerDuty', async () => {
  const { frames } = await ask(store, { queryType: 'pages' });
  const field = frames[0]?.schema.fields.find(({ name }) => name === 'incident');
  expect(field?.config?.links?.[0]?.url).toBe(
    'https://simulated.pagerduty.com/incidents/${__data.fields.incident_id}',
  );
});

it('pages take the filters of people metrics, and a limit that says how many there are', async () => {
  const filters = [{ dimension: 'user', op: '=' as const, values: ['Ann B.'] }];
  const answer = await ask(store, { queryType: 'pages', filters, limit: 1 });
  expect(rowsOf(answer).map((row) => row.incident)).toEqual([2]);
  expect(answer.frames[0]?.schema.meta.notices?.at(-1)?.text).toBe(
    'Showing the newest 1 of 2 pages: raise the limit or narrow the filters.',
  );
});

it('a page to a deleted person, of an incident that cannot be read, keeps what its entry tells; over a clock change and without a zone too', async () => {
  const odd = await accountStore();
  const at = '2026-03-29T01:30:00Z';
  await odd.transact(async (writer) => {
    await writer.put('incident', [incident('I7', at)]);
    await writer.put('user', [
      { id: 'Gone', name: 'Gone G.', url: null, email_hash: null, listed: false, deleted_at: Date.parse(at) },
    ]);
    await writer.put('unreadable_incident', [
      { incident_id: 'U1', service_id: 'S2', status: 404, seen_at: null },
    ]);
    await writer.put('incident_team', [{ incident_id: 'U1', team_id: 'T1' }]);
    await writer.put('log_entry', [
      entry('N1', 'I7', 'notify', at, to('Ann')),
      entry('N2', 'U1', 'notify', '2026-03-29T01:31:00Z', to('Gone')),
    ]);
    await derive(writer, { incidents: ['I7', 'U1'] }, { settings: readConfig({}), covered: null });
  });
  const [gone, ann] = rowsOf(await ask(odd, { queryType: 'pages' }));
  expect(ann).toMatchObject({ local_time: '2026-03-29 03:30:00', night: '2026-03-28', hour_class: 'sleep' });
  expect(gone).toMatchObject({ user: 'Gone G.', local_time: '2026-03-29 01:31:00', service: 'Service S2' });
  expect(gone).toMatchObject({ teams: 'Payments', incident: null, urgency: null, escalation_policy: null });
  await odd.close();
});
