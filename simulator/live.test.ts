import { afterEach, expect, it } from 'vitest';
import type { Simulator } from './server.ts';
import { ask, askAll, type Page, startSmall } from './testing.ts';

const MINUTE = 60_000;
const running: Simulator[] = [];
let clock = 0;

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

async function startLive(): Promise<Simulator> {
  clock = 0;
  const simulator = await startSmall({ live: true, now: () => clock });
  simulator.control({ rateLimit: 100_000 });
  running.push(simulator);
  return simulator;
}

const RECENT = '/log_entries?since=2026-11-15T23:00:00Z&include[]=incidents&include[]=channels&time_zone=UTC';

interface Incident {
  id: string;
  incident_number: number;
  created_at: string;
  status: string;
}

it('time goes on from until with the clock', async () => {
  const simulator = await startLive();
  clock = 90 * MINUTE;
  const { headers } = await ask(simulator, '/abilities');
  expect(headers.get('date')).toBe('Mon, 16 Nov 2026 01:30:00 GMT');
});

it('about two incidents a minute appear, with numbers that go on', async () => {
  const simulator = await startLive();
  const total = async () =>
    (await ask<Page<'incidents', Incident>>(simulator, '/incidents?total=true')).body.total ?? 0;
  const before = await total();
  clock = 30 * MINUTE;
  const grown = (await total()) - before;
  expect(grown).toBeGreaterThan(35);
  expect(grown).toBeLessThan(100);
  const fresh = await askAll<Incident>(simulator, '/incidents?since=2026-11-16T00:00:00Z', 'incidents');
  const numbers = fresh.map((incident) => incident.incident_number);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
});

it('nothing is shown before it happens, and what was shown stays', async () => {
  const simulator = await startLive();
  let known: { id: string; created_at: string }[] = [];
  for (clock = 0; clock <= 20 * MINUTE; clock += 2 * MINUTE + 500) {
    const entries = await askAll<{ id: string; created_at: string }>(simulator, RECENT, 'log_entries');
    const now = simulator.accountTime();
    expect(entries.filter(({ created_at }) => Date.parse(created_at) > now)).toEqual([]);
    expect(entries.filter(({ id }) => known.some((entry) => entry.id === id))).toHaveLength(known.length);
    known = entries;
  }
});

it('incidents change as time goes on', async () => {
  const simulator = await startLive();
  clock = 10 * MINUTE;
  const path = '/incidents?statuses[]=triggered&since=2026-11-16T00:00:00Z&limit=1';
  const [open] = (await ask<Page<'incidents', Incident>>(simulator, path)).body.incidents;
  clock = 36 * 60 * MINUTE;
  const later = await ask<{ incident: Incident }>(simulator, `/incidents/${open?.id}`);
  expect(open?.status).toBe('triggered');
  expect(later.body.incident.status).toBe('resolved');
});

it('it does not matter in which steps time passed', async () => {
  const stepwise = await startLive();
  for (clock = 0; clock < 90 * MINUTE; clock += 7 * MINUTE) await ask(stepwise, '/log_entries?limit=1');
  clock = 90 * MINUTE;
  const entries = await askAll(stepwise, RECENT, 'log_entries');
  const jumping = await startLive();
  clock = 90 * MINUTE;
  expect(await askAll(jumping, RECENT, 'log_entries')).toEqual(entries);
});
