import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../server.ts';
import { ask, askAll, startSmall } from '../../testing.ts';

describe('what the key may not see', () => {
  let small: Simulator;
  beforeEach(async () => {
    small = await startSmall();
  });
  afterEach(() => small.stop());

  it('what belongs to private teams drops out of every list, and is forbidden on its own', async () => {
    interface Thing {
      id: string;
      name: string;
      team?: { id: string } | null;
      service?: { id: string };
      escalation_policy?: { id: string };
    }
    const lists = ['teams', 'services', 'escalation_policies', 'schedules', 'oncalls', 'users'];
    const count = async (name: string) => (await askAll<Thing>(small, `/${name}`, name)).length;
    const before = await Promise.all(lists.map(count));
    const services = await askAll<Thing>(small, '/services?query=checkout-api', 'services');
    const id = services[0]?.id ?? '';
    const month = '/incidents?since=2026-11-01T00:00:00Z';
    const incidents = await askAll<Thing>(small, month, 'incidents');
    small.control({ faults: [{ fault: 'private_teams', teams: ['Checkout'] }] });
    const after = await Promise.all(lists.map(count));
    expect(before.map((number, index) => number - (after[index] ?? 0))).toEqual([
      1,
      4,
      expect.toSatisfy((gone: number) => gone >= 1),
      2,
      expect.toSatisfy((gone: number) => gone >= 2),
      0,
    ]);
    const left = await askAll<Thing>(small, month, 'incidents');
    expect(left.some(({ service }) => service?.id === id)).toBe(false);
    const ofIt = incidents.find(({ service }) => service?.id === id);
    expect(left.length).toBeLessThan(incidents.length);
    for (const path of [`/services/${id}`, `/incidents/${ofIt?.id}`, `/incidents/${ofIt?.id}/log_entries`]) {
      expect((await ask(small, path)).status).toBe(403);
    }
    const entries = await askAll<Thing & { service: { id: string } }>(
      small,
      '/log_entries?since=2026-11-14T00:00:00Z',
      'log_entries',
    );
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.some(({ service }) => service.id === id)).toBe(false);
  });

  it('single incidents can be hidden, and their log entries still refer to them', async () => {
    interface Entry {
      incident: { id: string; type: string };
    }
    const day = 'since=2026-11-15T00:00:00Z';
    const ids = async () =>
      (await askAll<{ id: string }>(small, `/incidents?${day}`, 'incidents')).map(({ id }) => id);
    const all = await ids();
    small.control({ faults: [{ fault: 'hidden_incidents', incidents: 0.3, status: 404 }] });
    const left = await ids();
    const hidden = all.filter((id) => !left.includes(id));
    expect(hidden.length).toBeGreaterThan(0);
    expect(left.length).toBeGreaterThan(hidden.length);
    for (const path of [`/incidents/${hidden[0]}`, `/incidents/${hidden[0]}/log_entries`]) {
      expect((await ask(small, path)).status).toBe(404);
    }
    const entries = await askAll<Entry>(small, `/log_entries?${day}&include[]=incidents`, 'log_entries');
    const types = (of: readonly string[]) =>
      new Set(
        entries.filter(({ incident }) => of.includes(incident.id)).map(({ incident }) => incident.type),
      );
    expect([types(hidden), types(left)]).toEqual([new Set(['incident_reference']), new Set(['incident'])]);
  });

  it('shift-based schedules can be listed without their names', async () => {
    const summaries = async () =>
      (await askAll<{ summary: string | null }>(small, '/v3/schedules', 'schedules')).map(
        (row) => row.summary,
      );
    expect(await summaries()).toEqual([expect.any(String), expect.any(String)]);
    small.control({ faults: [{ fault: 'nameless_schedules' }] });
    expect(await summaries()).toEqual([null, null]);
  });
});
