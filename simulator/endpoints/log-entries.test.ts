import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../server.ts';
import { ask, askAll, type Page, startSmall } from '../testing.ts';

interface Entry {
  id: string;
  type: string;
  created_at: string;
  channel: Record<string, unknown>;
  incident: { id: string; type: string; status?: string };
  teams: { id: string }[];
}

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSmall();
});
afterAll(() => simulator.stop());

const DAY = 'since=2026-11-12T00:00:00Z&until=2026-11-13T00:00:00Z&time_zone=UTC';
const all = (query: string) => askAll<Entry>(simulator, `/log_entries?${query}`, 'log_entries');

it('log entries come newest first, or oldest first if the settings say so', async () => {
  const newest = await all(DAY);
  simulator.control({ order: 'ascending' });
  const oldest = await all(DAY);
  simulator.control({ order: 'descending' });
  expect(oldest).toEqual(newest.toReversed());
  const times = oldest.map(({ created_at }) => created_at);
  expect(times).toEqual(times.toSorted());
  expect(times.length).toBeGreaterThan(100);
});

it('the range is that of the entries’ own times and has no largest length', async () => {
  for (const { created_at } of await all(DAY)) expect(created_at.slice(0, 10)).toBe('2026-11-12');
  const path = '/log_entries?since=2020-01-01&limit=1';
  expect((await ask<Page<'log_entries', Entry>>(simulator, path)).body.log_entries).toHaveLength(1);
});

it('channels are whole and incidents expanded only where that is asked for', async () => {
  const bare = await all(DAY);
  const whole = await all(`${DAY}&include[]=channels&include[]=incidents`);
  expect(bare.every(({ channel }) => Object.keys(channel).join() === 'type')).toBe(true);
  expect(bare.every(({ incident }) => incident.type === 'incident_reference')).toBe(true);
  expect(whole.every(({ incident }) => incident.type === 'incident' && incident.status)).toBe(true);
  const notifications = whole.filter(({ type }) => type === 'notify_log_entry');
  expect(notifications.every(({ channel }) => channel.notification)).toBe(true);
});

it('an overview leaves notifications out', async () => {
  const types = new Set((await all(`${DAY}&is_overview=true`)).map(({ type }) => type));
  expect(types).toContain('trigger_log_entry');
  expect(types).not.toContain('notify_log_entry');
});

it('one incident’s entries are the same as those of the account', async () => {
  const entries = await all(DAY);
  const [first] = entries;
  const path = `/incidents/${first?.incident.id}/log_entries?${DAY}`;
  const own = await askAll<Entry>(simulator, path, 'log_entries');
  expect(own).toEqual(entries.filter(({ incident }) => incident.id === first?.incident.id));
  const { body } = await ask<{ log_entry: Entry }>(simulator, `/log_entries/${first?.id}?time_zone=UTC`);
  expect(body.log_entry).toEqual(first);
});

it('team_ids[] keeps the entries of those teams', async () => {
  const entries = await all(DAY);
  const team = entries[0]?.teams[0]?.id ?? '';
  const own = await all(`${DAY}&team_ids[]=${team}`);
  expect(own).toEqual(entries.filter(({ teams }) => teams.some(({ id }) => id === team)));
  expect(own.length).toBeLessThan(entries.length);
});

it('some entries are seen late if the settings say so, and all of them in the end', async () => {
  const last = 'since=2026-11-13T00:00:00Z&time_zone=UTC';
  const punctual = await all(last);
  simulator.control({ late: 10 * 86_400 });
  const seen = await all(last);
  simulator.control({ late: 0 });
  expect(seen.length).toBeLessThan(punctual.length);
  expect(seen.length).toBeGreaterThan(punctual.length * 0.8);
  expect(await all(last)).toEqual(punctual);
});
