import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { askAll, askEntries, startSmall } from '../testing.ts';

interface Service {
  id: string;
  incident_urgency_rule: { type: string };
  support_hours: { time_zone: string; start_time: string } | null;
}

interface Entry {
  id: string;
  type: string;
  created_at: string;
  agent: { id: string } | null;
  service: { id: string };
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

it('incidents of a service with support hours turn urgent when the hours begin', async () => {
  const services = await askAll<Service>(simulator, '/services', 'services');
  const supported = services.filter((service) => service.incident_urgency_rule.type === 'use_support_hours');
  expect(supported.map((service) => service.support_hours?.start_time)).toContain('09:00:00');
  const ids = new Set(supported.map(({ id }) => id));
  const entries = await askEntries<Entry>(simulator, '2026-10-01T00:00:00Z', 46);
  const turned = entries.filter(
    ({ type, agent }) => type === 'urgency_change_log_entry' && ids.has(agent?.id ?? ''),
  );
  expect(turned.length).toBeGreaterThan(0);
  for (const { created_at } of turned) {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/New_York', timeStyle: 'medium' });
    expect(clock.format(new Date(created_at))).toBe('09:00:00');
  }
});
