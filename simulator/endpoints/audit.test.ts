import { afterEach, expect, it } from 'vitest';
import type { Simulator, SimulatorOptions } from '../server.ts';
import { ask, askAll, startSmall } from '../testing.ts';

const HOUR = 3_600_000;
let simulator: Simulator;
afterEach(() => simulator.stop());

interface AuditRecord {
  id: string;
  execution_time: string;
  action: string;
  actors: { type: string; id: string }[];
  method: { type: string; truncated_token: string | null };
  root_resource: { id: string; type: string; summary: string };
  details: { fields: { name: string; before_value: string | null; value: string | null }[] } | null;
}

interface Batch {
  records: AuditRecord[];
  limit: number;
  next_cursor: string | null;
}

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSmall(options);
}

async function allRecords(query: string): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await ask<Batch>(simulator, `/audit/records?limit=2${query}${cursor}`);
    records.push(...body.records);
    if (body.next_cursor === null) return records;
    cursor = `&cursor=${body.next_cursor}`;
  }
}

it('audit records tell what was renamed, moved and deleted in a live account, newest first', async () => {
  let clock = 0;
  await start({ live: true, now: () => clock });
  expect(await allRecords('')).toEqual([]);
  clock = 8 * HOUR;
  const records = await allRecords('');
  expect(records.length).toBeGreaterThan(5);
  const times = records.map(({ execution_time: time }) => time);
  expect(times).toEqual(times.toSorted().reverse());
  expect(times[0]).toMatch(/\.\d{3}Z$/);
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
  const services = await askAll<{ id: string; name: string }>(simulator, '/services', 'services');
  const renamed = records.filter(({ details }) => details?.fields[0]?.name === 'name');
  expect(renamed.length).toBeGreaterThan(0);
  for (const { root_resource: service } of renamed) {
    const last = renamed.find(({ root_resource }) => root_resource.id === service.id);
    const found = services.find(({ id }) => id === service.id);
    if (found) expect(last?.details?.fields[0]?.value).toBe(found.name);
  }
  const teams = await allRecords('&root_resource_types[]=teams&actions[]=delete');
  expect(teams.map(({ root_resource }) => root_resource.summary)).toEqual(['Pilot']);
  const byHand = await allRecords('&method_type=browser');
  expect(byHand.every(({ method }) => method.truncated_token === null)).toBe(true);
  expect(byHand.length).toBeLessThanOrEqual(records.length);
});

it('audit records reach back over 31 days at a time', async () => {
  await start();
  const month = await allRecords('&since=2026-10-01T00:00:00Z&until=2026-10-20T00:00:00Z');
  expect(month.map(({ action, root_resource }) => [action, root_resource.summary])).toContainEqual([
    'delete',
    'Prototype',
  ]);
  const refused = await ask(simulator, '/audit/records?since=2026-10-01T00:00:00Z');
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('31 days')]);
  expect((await ask(simulator, '/audit/records?cursor=nothing')).status).toBe(400);
});

it('audit records may not be in the plan', async () => {
  await start({ size: 'empty' });
  simulator.control({ faults: [{ fault: 'payment_required', paths: ['/audit/records'] }] });
  expect((await ask(simulator, '/audit/records')).status).toBe(402);
});
