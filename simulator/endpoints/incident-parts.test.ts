import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, type Page, type Refusal, startSmall } from '../testing.ts';

interface Reference {
  id: string;
  type: string;
  summary?: string;
}

interface Incident extends Reference {
  status: string;
  alert_counts: { all: number; triggered: number; resolved: number };
  resolve_reason: { incident: Reference } | null;
}

interface Alert extends Reference {
  status: string;
  created_at: string;
  alert_key: string;
  service: Reference & { name?: string };
  incident: Reference & { incident_number?: number };
  first_trigger_log_entry: Reference & { channel?: object };
}

let simulator: Simulator;
let incidents: Incident[];
beforeAll(async () => {
  simulator = await startSmall();
  simulator.control({ rateLimit: 100_000 });
  incidents = await askAll<Incident>(simulator, '/incidents?since=2026-11-09T00:00:00Z', 'incidents');
});
afterAll(() => simulator.stop());

const alerts = (id: string, query = '') =>
  askAll<Alert>(simulator, `/incidents/${id}/alerts${query}`, 'alerts');

describe('alerts', () => {
  it('are as many as the incident counts, and a merge moves them', async () => {
    for (const { id, alert_counts } of incidents.slice(-60)) {
      const own = await alerts(id);
      expect(own).toHaveLength(alert_counts.all);
      expect(own.filter(({ status }) => status === 'resolved')).toHaveLength(alert_counts.resolved);
      for (const { incident } of own) expect(incident.id).toBe(id);
    }
    const all = await askAll<Incident>(simulator, '/incidents?date_range=all', 'incidents');
    const merged = all.find(({ resolve_reason }) => resolve_reason !== null);
    expect(await alerts(merged?.id ?? '')).toEqual([]);
    const target = all.find(({ id }) => id === merged?.resolve_reason?.incident.id);
    expect(await alerts(target?.id ?? '')).toHaveLength(target?.alert_counts.all ?? -1);
  });

  it('come in pages, narrowed by status and key, and sorted', async () => {
    const many = incidents.toSorted((a, b) => b.alert_counts.all - a.alert_counts.all)[0];
    const id = many?.id ?? '';
    const { body } = await ask<Page<'alerts', Alert>>(
      simulator,
      `/incidents/${id}/alerts?limit=1&total=true`,
    );
    expect(body).toMatchObject({ limit: 1, total: many?.alert_counts.all, more: true });
    const [first] = body.alerts;
    const key = encodeURIComponent(first?.alert_key ?? '');
    expect((await alerts(id, `?alert_key=${key}`)).map((alert) => alert.id)).toContain(first?.id);
    expect(await alerts(id, '?alert_key=another')).toEqual([]);
    const both = [
      ...(await alerts(id, '?statuses[]=triggered')),
      ...(await alerts(id, '?statuses[]=resolved')),
    ];
    expect(both).toHaveLength(many?.alert_counts.all ?? -1);
    const sorted = await alerts(id, '?sort_by=created_at:desc');
    const times = sorted.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().toReversed());
    expect((await ask(simulator, `/incidents/${id}/alerts?sort_by=severity`)).status).toBe(400);
  });

  it('hold whole things if that is asked for, and can be shown singly', async () => {
    const { id } = incidents.find(({ alert_counts }) => alert_counts.all > 0) ?? { id: '' };
    const [bare] = await alerts(id);
    expect([bare?.service.type, bare?.incident.type]).toEqual(['service_reference', 'incident_reference']);
    expect(bare?.first_trigger_log_entry.type).toBe('trigger_log_entry_reference');
    const names = ['services', 'incidents', 'first_trigger_log_entries'].map((name) => `include[]=${name}`);
    const [whole] = await alerts(id, `?${names.join('&')}`);
    expect([whole?.service.type, whole?.incident.type]).toEqual(['service', 'incident']);
    expect(whole?.first_trigger_log_entry).toMatchObject({ type: 'trigger_log_entry' });
    const one = await ask<{ alert: Alert }>(simulator, `/incidents/${id}/alerts/${bare?.id}`);
    expect(one.body.alert).toEqual(bare);
    expect((await ask(simulator, `/incidents/${id}/alerts/Q404`)).status).toBe(404);
  });
});

it('notes are what the log’s annotations say, all at once', async () => {
  interface Entry extends Reference {
    incident: Reference;
    created_at: string;
    channel: { summary: string };
  }
  const range = 'since=2026-11-12T00:00:00Z&until=2026-11-14T00:00:00Z&include[]=channels&time_zone=UTC';
  const entries = await askAll<Entry>(simulator, `/log_entries?${range}`, 'log_entries');
  const annotations = entries.filter(({ type }) => type === 'annotate_log_entry');
  expect(annotations.length).toBeGreaterThan(5);
  const types = new Set<string>();
  for (const { incident, created_at, channel } of annotations) {
    const { body } = await ask<{ notes: { content: string; created_at: string; user: Reference | null }[] }>(
      simulator,
      `/incidents/${incident.id}/notes`,
    );
    expect(body).not.toHaveProperty('more');
    const note = body.notes.find(({ content }) => content === channel.summary);
    expect(note?.created_at).toBe(created_at);
    types.add(note?.user?.type ?? '');
  }
  expect(types).toContain('user_reference');
});

it.each(['notes', 'alerts', 'log_entries'])('the %s of no incident are 404', async (part) => {
  const { status, body } = await ask<Refusal>(simulator, `/incidents/Q404/${part}`);
  expect([status, body.error.code]).toEqual([404, 5001]);
});

it('an incident shown singly takes body and custom_fields too', async () => {
  const path = `/incidents/${incidents[0]?.id}?include[]=body&include[]=custom_fields`;
  const { body } = await ask<{ incident: object }>(simulator, path);
  expect(body.incident).toMatchObject({ body: { type: 'incident_body' }, custom_fields: [] });
});
