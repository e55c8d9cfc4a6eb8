import { describe, expect, it } from 'vitest';
import { incidents } from './incidents.ts';
import { logEntries } from './log-entries.ts';
import { onCalls } from './on-calls.ts';
import { priorities } from './priorities.ts';
import type { ReadContext } from './reading.ts';
import { services } from './services.ts';
import { users } from './users.ts';

const context: ReadContext = {
  hashEmail: (email) => `hash of ${email}`,
  runbookPattern: /https?:\/\/\S*(runbook|playbook)\S*/i,
  at: Date.parse('2026-03-02T00:00:00Z'),
};

const reference = (id: string, type: string, summary = id) => ({ id, type: `${type}_reference`, summary });

const incident = {
  id: 'Q1',
  type: 'incident',
  incident_number: 7,
  title: 'Disk full',
  status: 'resolved',
  urgency: 'high',
  priority: null,
  created_at: '2026-03-01T12:00:00+01:00',
  resolved_at: '2026-03-01T12:10:00+01:00',
  service: reference('S1', 'service', 'Storage'),
  escalation_policy: reference('E1', 'escalation_policy'),
  teams: [reference('T1', 'team'), reference('T2', 'team')],
  alert_counts: { all: 3, triggered: 0, resolved: 3 },
  resolve_reason: { type: 'merge_resolve_reason', incident: reference('Q0', 'incident') },
  updated_at: '2026-03-01T12:12:00+01:00',
  something_new: { deep: true },
};

const entry = {
  id: 'L1',
  type: 'notify_log_entry',
  created_at: '2026-03-01T11:00:05Z',
  incident: reference('Q1', 'incident'),
  service: reference('S1', 'service', 'Storage'),
  teams: [reference('T1', 'team')],
  agent: reference('S1', 'service'),
  user: reference('U1', 'user', 'Ann'),
  channel: { type: 'auto', notification: { type: 'push_notification', address: '+4912345' } },
};

const rowOf = (raw: unknown) => logEntries.parse(raw, context, 0)?.rows?.log_entry?.[0];

describe('an incident', () => {
  it('becomes one row with its teams beside it, times in UTC', () => {
    expect(incidents.parse(incident, context, 0)?.incidents?.get('Q1')).toEqual({
      row: {
        id: 'Q1',
        number: 7,
        title: 'Disk full',
        status: 'resolved',
        urgency: 'high',
        priority_id: null,
        created_at: Date.parse('2026-03-01T11:00:00Z'),
        resolved_at: Date.parse('2026-03-01T11:10:00Z'),
        service_id: 'S1',
        escalation_policy_id: 'E1',
        incident_key: null,
        alerts: 3,
        merged: true,
        url: null,
        updated_at: Date.parse('2026-03-01T11:12:00Z'),
        seen_at: context.at,
      },
      teams: ['T1', 'T2'],
    });
  });

  it('may come with null lists and without what is optional', () => {
    const bare = {
      id: 'Q2',
      incident_number: 8,
      status: 'odd',
      urgency: 'low',
      created_at: '2026-03-01T11:00:00Z',
      teams: null,
    };
    expect(incidents.parse(bare, context, 0)?.incidents?.get('Q2')?.row).toMatchObject({
      id: 'Q2',
      title: '',
      status: 'odd',
    });
  });

  it('without a time of creation is none', () => {
    expect(incidents.parse({ ...incident, created_at: 'yesterday' }, context, 0)).toBeNull();
  });
});

describe('a log entry', () => {
  it('names the person notified by its user, else by the notification in its channel', () => {
    expect(rowOf(entry)).toMatchObject({ user_id: 'U1', notification_type: 'push_notification' });
    const channel = {
      type: 'auto',
      notification: { type: 'sms_notification', user: reference('U2', 'user') },
    };
    expect(rowOf({ ...entry, user: null, channel })).toMatchObject({ user_id: 'U2' });
    expect(rowOf({ ...entry, user: null, channel: null })).toMatchObject({ user_id: null });
  });

  it('drops addresses and bodies', () => {
    const channel = { type: 'email', body: 'Dear all', details: { phone: '+4912345' }, summary: 'Mail' };
    expect(JSON.stringify(rowOf({ ...entry, type: 'trigger_log_entry', channel }))).not.toMatch(
      /Dear|\+49|Mail/,
    );
  });

  it('of an unknown type, without agent and with a strange channel is kept', () => {
    const odd = { ...entry, type: 'telepathy_log_entry', agent: null, channel: 'none', user: null };
    expect(rowOf(odd)).toMatchObject({ type: 'telepathy_log_entry', agent_type: null, channel_type: null });
  });

  it('keeps a note, a snooze and an incident key only where they mean something', () => {
    const channel = { type: 'note', summary: 'see #threshold', duration: 3600, incident_key: 'disk/1' };
    expect(rowOf({ ...entry, channel })).toMatchObject({ note: null, duration: null, incident_key: null });
    expect(rowOf({ ...entry, type: 'annotate_log_entry', channel })).toMatchObject({
      note: 'see #threshold',
    });
    expect(rowOf({ ...entry, type: 'snooze_log_entry', channel })).toMatchObject({ duration: 3600 });
    expect(rowOf({ ...entry, type: 'trigger_log_entry', channel })).toMatchObject({ incident_key: 'disk/1' });
  });

  it('tells the priority before a change by id, else by name', () => {
    const changed = (old_priority: unknown) =>
      rowOf({ ...entry, type: 'priority_change_log_entry', channel: { type: 'web', old_priority } });
    expect(changed({ id: 'P1', type: 'priority_reference', summary: 'P1' })).toMatchObject({
      old_priority: 'P1',
    });
    expect(changed({ name: 'Major' })).toMatchObject({ old_priority: 'Major' });
    expect(changed('Major')).toMatchObject({ old_priority: 'Major' });
    expect(changed(null)).toMatchObject({ old_priority: null });
  });

  it('finds the runbook in details of any depth, and in contexts', () => {
    const trigger = { ...entry, type: 'trigger_log_entry' };
    const details = { a: [1, { text: 'see https://wiki.example/Runbook/disk now' }] };
    expect(rowOf({ ...trigger, channel: { type: 'api', details } })).toMatchObject({
      runbook: 'https://wiki.example/Runbook/disk',
    });
    const contexts = [{ type: 'link', href: 'https://x.example/playbook' }];
    expect(rowOf({ ...trigger, contexts })).toMatchObject({ runbook: 'https://x.example/playbook' });
  });

  it('keeps the links of a trigger, without what stands in their queries', () => {
    const trigger = { ...entry, type: 'trigger_log_entry' };
    const details = { a: 'see https://wiki.example/howto?token=secret or <http://b.example/x#y>' };
    const contexts = [{ href: 'https://wiki.example/howto' }];
    expect(rowOf({ ...trigger, channel: { type: 'api', details }, contexts })).toMatchObject({
      links: 'https://wiki.example/howto\nhttp://b.example/x',
    });
    expect(rowOf({ ...entry, channel: { type: 'api', details } })).toMatchObject({ links: null });
  });

  it('brings its incident along where that came whole', () => {
    expect(logEntries.parse({ ...entry, incident }, context, 0)?.incidents?.size).toBe(1);
    expect(logEntries.parse(entry, context, 0)?.incidents?.size).toBe(0);
  });

  it('mentions people who acted or were notified, but no service as a person', () => {
    const told = [...(logEntries.parse(entry, context, 0)?.mentions?.values() ?? [])].filter(
      ({ table }) => table === 'user',
    );
    expect(told).toEqual([{ table: 'user', id: 'U1', name: 'Ann', url: null }]);
  });
});

describe('the directory', () => {
  it('keeps of an e-mail the hash alone', () => {
    const raw = {
      id: 'U1',
      type: 'user',
      name: 'Ann',
      email: 'Ann@example.com',
      time_zone: null,
      http_cal_url: 'https://secret',
    };
    const rows = users.parse(raw, context, 0)?.rows;
    expect(rows?.user?.[0]).toMatchObject({
      name: 'Ann',
      email_hash: 'hash of Ann@example.com',
      listed: true,
    });
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  it('ranks priorities by their order', () => {
    expect(priorities.parse({ id: 'P2', name: 'Minor' }, context, 1)?.rows?.priority?.[0]).toMatchObject({
      rank: 2,
    });
  });

  it('finds the runbook of a service in its description', () => {
    const raw = { id: 'S1', name: 'Storage', description: 'http://r.example/runbooks/storage', teams: null };
    expect(services.parse(raw, context, 0)?.rows?.service?.[0]).toMatchObject({
      runbook: 'http://r.example/runbooks/storage',
    });
  });
});

describe('an on-call entry', () => {
  it('is known by all that it says, permanent and direct ones too', () => {
    const raw = {
      user: reference('U1', 'user'),
      escalation_policy: reference('E1', 'escalation_policy'),
      schedule: null,
      escalation_level: 2,
      start: null,
      end: null,
    };
    expect(onCalls.parse(raw, context, 0)?.rows?.on_call).toEqual([
      {
        id: 'E1|2|U1|||',
        user_id: 'U1',
        escalation_policy_id: 'E1',
        schedule_id: null,
        level: 2,
        start: null,
        end: null,
      },
    ]);
  });
});
