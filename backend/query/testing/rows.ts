import { readConfig } from '../../config.ts';
import { derive } from '../../harvest/derive.ts';
import type { RowOf } from '../../model/index.ts';
import type { Store } from '../../store/store.ts';

/** The account's first and last instant: four weeks of 2026, the clocks of Europe going forward in the last night. */
export const FROM = '2026-03-02T00:00:00.000Z';
export const TO = '2026-03-30T00:00:00.000Z';

const at = (text: string) => Date.parse(text);

/** An incident with everything plain; `more` says what is not. */
export function incident(
  id: string,
  created: string,
  more: Partial<RowOf<'incident'>> = {},
): RowOf<'incident'> {
  return {
    id,
    number: Number(id.slice(1)),
    title: `disk ${id.slice(1)} full`,
    status: 'resolved',
    urgency: 'high',
    priority_id: null,
    created_at: at(created),
    resolved_at: at(created) + 3_600_000,
    service_id: 'S1',
    escalation_policy_id: 'P1',
    incident_key: null,
    alerts: 1,
    merged: false,
    url: `https://simulated.pagerduty.com/incidents/${id}`,
    updated_at: null,
    seen_at: null,
    ...more,
  };
}

/** A log entry of a type, by nobody unless `more` says so. */
export function entry(
  id: string,
  incidentId: string,
  type: string,
  time: string,
  more: Partial<RowOf<'log_entry'>> = {},
): RowOf<'log_entry'> {
  return {
    id,
    type: `${type}_log_entry`,
    created_at: at(time),
    incident_id: incidentId,
    service_id: 'S1',
    agent_type: null,
    agent_id: null,
    user_id: null,
    channel_type: 'auto',
    notification_type: null,
    duration: null,
    note: null,
    old_priority: null,
    incident_key: null,
    runbook: null,
    links: null,
    ...more,
  };
}

/** What a person did. */
export const by = (user: string) => ({
  agent_type: 'user_reference',
  agent_id: user,
  channel_type: 'website',
});

/** A notification to a person. */
export const to = (user: string, means = 'push') => ({
  user_id: user,
  notification_type: `${means}_notification`,
});

/** Rows of an account in which Ann (Berlin) and Bob (Kathmandu) were paged by two services. */
export const ROWS = {
  service: ['S1', 'S2'].map((id) => ({
    id,
    name: `Service ${id}`,
    escalation_policy_id: 'P1',
    runbook: null,
    url: null,
    listed: true,
    deleted_at: null,
  })),
  team: [
    { id: 'T1', name: 'Payments', url: null, listed: true, deleted_at: null },
    { id: 'T2', name: `O'Brien's "team" -- ; DROP TABLE page`, url: null, listed: true, deleted_at: null },
  ],
  user: ['Ann', 'Bob'].map((id) => ({
    id,
    name: `${id} B.`,
    url: null,
    email_hash: null,
    listed: true,
    deleted_at: null,
  })),
  user_zone: [
    { user_id: 'Ann', version: 1, time_zone: 'Europe/Berlin', seen_at: null },
    { user_id: 'Bob', version: 1, time_zone: 'Asia/Kathmandu', seen_at: null },
  ],
  escalation_policy: ['P1', 'P2'].map((id) => ({
    id,
    name: `Policy ${id}`,
    url: null,
    listed: true,
    deleted_at: null,
  })),
  schedule: [{ id: 'C1', name: 'Primary', time_zone: null, url: null, listed: true, deleted_at: null }],
  policy_team: [{ escalation_policy_id: 'P1', team_id: 'T1' }],
  on_call: [
    {
      id: 'O1',
      user_id: 'Ann',
      escalation_policy_id: 'P1',
      schedule_id: 'C1',
      level: 1,
      start: at('2026-03-02T00:00:00Z'),
      end: at('2026-03-09T00:00:00Z'),
    },
    {
      id: 'O2',
      user_id: 'Bob',
      escalation_policy_id: 'P1',
      schedule_id: 'C1',
      level: 1,
      start: at('2026-03-09T00:00:00Z'),
      end: at('2026-03-09T12:00:00Z'),
    },
    {
      id: 'O3',
      user_id: 'Bob',
      escalation_policy_id: 'P2',
      schedule_id: null,
      level: 1,
      start: at('2026-03-09T06:00:00Z'),
      end: at('2026-03-09T14:00:00Z'),
    },
  ],
  incident: [
    incident('I1', '2026-03-03T02:00:00Z', { alerts: 4 }),
    incident('I2', '2026-03-03T02:02:00Z', { service_id: 'S2' }),
    incident('I3', '2026-03-04T10:00:00Z', { urgency: 'low' }),
    incident('I4', '2026-03-09T09:00:00Z', { status: 'triggered', resolved_at: null }),
    incident('I5', '2026-03-09T09:10:00Z', { merged: true }),
    incident('I6', '2026-03-29T00:30:00Z', { resolved_at: at('2026-03-29T00:32:00Z') }),
  ],
  incident_team: [
    { incident_id: 'I1', team_id: 'T1' },
    { incident_id: 'I1', team_id: 'T2' },
    { incident_id: 'I2', team_id: 'T2' },
  ],
  log_entry: [
    entry('L01', 'I1', 'notify', '2026-03-03T02:00:00Z', to('Ann')),
    entry('L02', 'I1', 'notify', '2026-03-03T02:01:00Z', to('Ann', 'sms')),
    entry('L03', 'I2', 'notify', '2026-03-03T02:03:00Z', to('Ann')),
    entry('L04', 'I1', 'acknowledge', '2026-03-03T02:10:00Z', by('Ann')),
    entry('L05', 'I1', 'resolve', '2026-03-03T03:00:00Z', by('Ann')),
    entry('L06', 'I2', 'acknowledge', '2026-03-03T02:04:00Z', by('Ann')),
    entry('L07', 'I2', 'resolve', '2026-03-03T03:02:00Z', {
      agent_type: 'service_reference',
      agent_id: 'S2',
      channel_type: 'api',
    }),
    entry('L08', 'I3', 'notify', '2026-03-04T10:00:00Z', to('Ann', 'email')),
    entry('L09', 'I3', 'resolve', '2026-03-04T11:00:00Z', { channel_type: 'timeout' }),
    entry('L10', 'I4', 'notify', '2026-03-09T09:00:00Z', to('Bob', 'phone')),
    entry('L11', 'I4', 'notify', '2026-03-09T18:00:00Z', to('Bob', 'phone')),
    entry('L12', 'I6', 'resolve', '2026-03-29T00:32:00Z'),
    entry('L13', 'I4', 'escalate', '2026-03-09T09:30:00Z', { channel_type: 'timeout' }),
    entry('L14', 'I1', 'assign', '2026-03-03T02:00:00Z', by('Ann')),
    entry('L15', 'I1', 'assign', '2026-03-03T02:05:00Z', by('Ann')),
  ],
} as const;

/** Puts the account into an empty store, its facts derived and its coverage noted. */
export async function fill(store: Store): Promise<void> {
  const settings = readConfig({});
  await store.transact(async (writer) => {
    for (const [table, rows] of Object.entries(ROWS))
      await writer.put(table as keyof typeof ROWS, rows as never);
    const coverage = { state: 'complete', rows: 6, reason: null, from: at(FROM), to: at(TO) };
    await writer.put(
      'coverage',
      ['incidents', 'log_entries', 'on_call'].map((stream) => ({ stream, ...coverage })),
    );
    await writer.put('account', [
      { id: 'simulated', name: 'simulated', url: 'https://simulated.pagerduty.com', simulated: true },
    ]);
    await writer.put('note', [{ name: 'rules', value: 'tested', written_at: null }]);
    const touched = { incidents: ROWS.incident.map(({ id }) => id), onCall: ['Ann', 'Bob'] };
    await derive(writer, touched, { settings, covered: { from: at(FROM), until: at(TO) } });
  });
}
