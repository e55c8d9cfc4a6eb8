import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, askEntries, send, startSmall } from '../testing.ts';

const WEEK = { created_at_start: '2026-11-02T00:00:00Z', created_at_end: '2026-11-09T00:00:00Z' };

interface Row {
  id: string;
  created_at: string;
  resolved_at: string | null;
  updated_at: string;
  status: string;
  urgency: string;
  service_id: string;
  [field: string]: unknown;
}

interface Batch {
  first: string | null;
  last: string | null;
  more: boolean;
  data: Row[];
}

interface Incident {
  id: string;
  title: string;
  created_at: string;
  resolved_at: string | null;
  status: string;
  urgency: string;
  service: { id: string };
}

interface Entry {
  type: string;
  created_at: string;
  agent: { type: string; id: string } | null;
  incident: { id: string };
  channel: { type: string };
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

const now = () => simulator.control({ reset: true, analyticsLate: 0 });
const raw = async (body: object) =>
  (await send<Batch>(simulator, '/analytics/raw/incidents', { time_zone: 'Etc/UTC', ...body })).body;
const seconds = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 1000;

async function allRows(filters: object, limit = 50): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | undefined; ; ) {
    const { data, last, more } = await raw({ filters, limit, order: 'asc', starting_after: after });
    rows.push(...data);
    if (!more || last === null) return rows;
    after = last;
  }
}

describe('raw incidents of analytics', () => {
  it('are the incidents of the account, with figures that follow from their log entries', async () => {
    now();
    const range = 'since=2026-11-02T00:00:00Z&until=2026-11-09T00:00:00Z';
    const incidents = await askAll<Incident>(simulator, `/incidents?${range}`, 'incidents');
    const entries = await askEntries<Entry>(simulator, '2026-11-02T00:00:00Z', 15);
    const rows = await allRows(WEEK);
    expect(rows.map(({ id }) => id)).toEqual(incidents.map(({ id }) => id));
    for (const [index, row] of rows.entries()) {
      const { title, status, urgency, created_at, resolved_at, service } = incidents[index] as Incident;
      const own = entries
        .filter(({ incident }) => incident.id === row.id)
        .sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
      const of = (type: string) => own.filter((entry) => entry.type.startsWith(type));
      const taken = of('acknowledge').find(({ agent }) => agent?.type === 'user_reference');
      expect(row).toMatchObject({
        ...{ description: title, status, urgency, service_id: service.id },
        created_at: created_at.slice(0, 19),
        resolved_at: resolved_at?.slice(0, 19) ?? null,
        seconds_to_resolve: resolved_at && seconds(created_at, resolved_at),
        seconds_to_first_ack: taken ? seconds(created_at, taken.created_at) : null,
        total_notifications: of('notify').length,
        escalation_count: of('escalate').length,
        timeout_escalation_count: of('escalate').filter(({ channel }) => channel.type === 'timeout').length,
      });
      const hours = ['business', 'off', 'sleep'].map((part) => Number(row[`${part}_hour_interruptions`]));
      expect(hours.reduce((a, b) => a + b)).toBe(row.total_interruptions);
      expect(Number(row.total_interruptions)).toBeLessThanOrEqual(of('notify').length);
    }
    expect(rows.some((row) => row.seconds_to_engage !== null)).toBe(true);
    expect(rows.some((row) => Number(row.snoozed_seconds) > 0)).toBe(true);
  });

  it('can be walked backwards, and sorted by how long they took', async () => {
    now();
    const rows = await allRows(WEEK);
    const back: string[] = [];
    for (let before = rows.at(-1)?.id; before; ) {
      const batch = await raw({ filters: WEEK, limit: 40, order: 'asc', ending_before: before });
      back.unshift(...batch.data.map(({ id }) => id));
      before = batch.more && batch.first !== null ? batch.first : '';
    }
    expect(back).toEqual(rows.slice(0, -1).map(({ id }) => id));
    const slowest = await raw({ filters: WEEK, limit: 1000, order_by: 'seconds_to_resolve' });
    const lengths = slowest.data.map((row) => Number(row.seconds_to_resolve ?? Number.POSITIVE_INFINITY));
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  });

  it('come up to a day late, and tell when they were looked at', async () => {
    now();
    const day = { created_at_start: '2026-11-15T00:00:00Z' };
    const all = await allRows(day);
    simulator.control({ reset: true });
    const told = await allRows(day);
    expect(told.length).toBeLessThan(all.length);
    const since = '2026-11-15T12:00:00';
    const updated = await allRows({ updated_after: since });
    expect(updated.length).toBeGreaterThan(0);
    expect(updated.every((row) => row.updated_at > since && row.updated_at <= '2026-11-16T00:00:00')).toBe(
      true,
    );
  });

  it('are told in the zone asked for, without saying so, and read that way', async () => {
    now();
    const time_zone = 'Asia/Kathmandu';
    const filters = { created_at_start: '2026-11-10T05:45:00', created_at_end: '2026-11-11T05:45:00' };
    const [there] = (await raw({ filters, time_zone, order: 'asc' })).data;
    const same = { created_at_start: '2026-11-10T00:00:00Z', created_at_end: '2026-11-11T00:00:00Z' };
    const [here] = (await raw({ filters: same, order: 'asc' })).data;
    expect(there?.id).toBe(here?.id);
    expect(there?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(seconds(`${here?.created_at}Z`, `${there?.created_at}Z`)).toBe(5.75 * 3600);
  });

  it('can be had singly, with the responses of their people', async () => {
    now();
    const row = (await allRows(WEEK)).find(({ assignment_count: count }) => Number(count) > 1);
    const path = `/analytics/raw/incidents/${row?.id}`;
    expect((await ask<Row>(simulator, `${path}?time_zone=UTC`)).body).toEqual(row);
    const { body } = await ask<{ responses: { response_status: string }[] }>(simulator, `${path}/responses`);
    expect(body.responses.length).toBeGreaterThanOrEqual(Number(row?.assignment_count));
    expect((await ask(simulator, '/analytics/raw/incidents/QNOTHERE')).status).toBe(404);
  });

  it.each([
    [{ limit: 1001 }, 'limit'],
    [{ time_zone: 'Mars/Base' }, 'time_zone'],
    [{ starting_after: 'Q1' }, 'no row'],
    [{ filters: { created_at_start: 'soon' } }, 'no ISO 8601 time'],
  ])('refuse %j', async (body, words) => {
    const { status, text } = await send(simulator, '/analytics/raw/incidents', body);
    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('metrics of analytics', () => {
  interface Totals {
    range_start?: string;
    service_id?: string;
    total_incident_count: number;
    total_interruptions: number;
    mean_seconds_to_resolve: number | null;
  }
  const metrics = async (path: string, body: object = {}) =>
    (await send<{ data: Totals[] }>(simulator, `/analytics/metrics/incidents/${path}`, body)).body.data;
  const summed = (rows: Totals[], name: 'total_incident_count' | 'total_interruptions') =>
    rows.reduce((sum, row) => sum + row[name], 0);

  it('are those of the raw incidents together, by service and by day too', async () => {
    now();
    const rows = await allRows(WEEK);
    const body = { filters: WEEK, time_zone: 'Etc/UTC' };
    const [all] = await metrics('all', body);
    const resolved = rows.flatMap((row) => (row.seconds_to_resolve as number | null) ?? []);
    expect(all).toMatchObject({
      total_incident_count: rows.length,
      total_interruptions: rows.reduce((sum, row) => sum + Number(row.total_interruptions), 0),
      mean_seconds_to_resolve: Math.round(resolved.reduce((a, b) => a + b) / resolved.length),
    });
    const services = await metrics('services', body);
    const days = await metrics('teams/all', { ...body, aggregate_unit: 'day' });
    expect(services.map(({ service_id: id }) => id).sort()).toEqual(
      [...new Set(rows.map((row) => row.service_id))].sort(),
    );
    expect(days.map(({ range_start: start }) => start)).toEqual([
      ...new Set(rows.map((row) => `${row.created_at.slice(0, 10)}T00:00:00`)),
    ]);
    for (const split of [services, days]) {
      expect(summed(split, 'total_incident_count')).toBe(all?.total_incident_count);
      expect(summed(split, 'total_interruptions')).toBe(all?.total_interruptions);
    }
  });

  it('reach over a year at most', async () => {
    const filters = { created_at_start: '2025-11-01T00:00:00Z', created_at_end: '2026-11-02T00:00:00Z' };
    const { status, text } = await send(simulator, '/analytics/metrics/incidents/all', { filters });
    expect([status, text]).toEqual([400, expect.stringContaining('within a year')]);
  });
});

it('analytics is asked by POST, for which a token needs the scope to write', async () => {
  const tokenFor = async (scope: string) => {
    const body = new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: 'any', client_secret: 'simulated' },
      scope: `as_account-us.simulated ${scope}`,
    });
    const response = await fetch(`${simulator.url}/oauth/token`, { method: 'POST', body });
    return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
  };
  for (const [scope, status] of [
    ['analytics.read', 403],
    ['analytics.write', 200],
  ] as const) {
    const authorization = await tokenFor(scope);
    expect((await send(simulator, '/analytics/raw/incidents', {}, { authorization })).status).toBe(status);
  }
  expect((await ask(simulator, '/analytics/raw/incidents')).status).toBe(404);
});
