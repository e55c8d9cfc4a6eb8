import { afterEach, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { DAY, HOUR, MINUTE } from '../clock.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { createClient } from '../pagerduty/client.ts';
import { credentialsOf } from '../pagerduty/credential-kinds.ts';
import { busiestMinute, type EventClock, eventClock, slowly } from '../pagerduty/event-clock.fixture.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { configOf } from './harvest.fixture.ts';
import { createHarvest, type Harvest } from './harvest.ts';

const UNTIL = '2026-11-16T00:00:00Z';

const PATIENCE = 100_000;

/** A harvest on a simulated clock, and when each request was sent, by its path. */
interface Course {
  clock: EventClock;
  store: Store;
  harvest: Harvest;
  sent: { at: number; url: URL }[];
  requests: ReturnType<typeof createClient>['requests'];
  /** How many rows the account itself has of a list from an instant on. */
  held(list: string, since: string): Promise<number>;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Time stands still while the store works, as it does while a request is answered. */
function timeless(store: Store, clock: EventClock): Store {
  return {
    ...store,
    read: (...asked) => clock.during(store.read(...asked)),
    transact: (work) => clock.during(store.transact(work)),
  };
}

async function begin(config: (url: string) => Config, answerTime: number, live = false): Promise<Course> {
  const clock = eventClock(Date.parse(UNTIL));
  const simulator: Simulator = await startSimulator({
    ...{ seed: 5, size: 'small', port: 0, token: 'a-secret-key', until: UNTIL, live, now: clock.now },
  });
  simulator.control({ rateLimit: 960 });
  const store = await openStore('duckdb::memory:');
  const settings = config(simulator.url);
  const sent: Course['sent'] = [];
  const client = createClient({
    ...{ url: simulator.url, requestShare: settings.requestShare, clock, random: () => 0.5 },
    credentials: credentialsOf(settings.pagerduty, { fetch, clock }),
    fetch: slowly(clock, answerTime, (input, init) => {
      sent.push({ at: clock.now(), url: new URL(String(input)) });
      return fetch(input, init);
    }),
    log: createLog('silent'),
  });
  const harvest = createHarvest({
    store: timeless(store, clock),
    client,
    config: settings,
    clock,
    log: createLog('silent'),
  });
  closing.push(
    () => simulator.stop(),
    () => store.close(),
    () => harvest.stop(),
  );
  await harvest.start();
  const held = async (list: string, since: string) => {
    const question = new URLSearchParams({ since, until: UNTIL, total: 'true', limit: '1' });
    const headers = { authorization: 'Token token=a-secret-key' };
    const answer = await fetch(`${simulator.url}/${list}?${question}`, { headers });
    return ((await answer.json()) as { total: number }).total;
  };
  return { clock, store, harvest, sent, requests: client.requests, held };
}

async function until({ harvest }: Course, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + PATIENCE; !holds(); ) {
    const { state, error } = harvest.status();
    if (performance.now() > end) throw new Error(`It did not come true in time: ${state}, ${error}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** This account holds 25,700 log entries in 90 days, which is three windows of 10,000 rows. */
it('a backfill asks for hardly more pages than its rows fill, and uses the allowed rate', async () => {
  const since = Date.parse(UNTIL) - 90 * DAY;
  const course = await begin((url) => configOf(url, { since: { at: since }, requestShare: 0.5 }), 400);
  await until(course, () => course.harvest.status().state === 'ready');
  const backfill = course.requests().byEndpoint.filter(({ cause }) => cause === 'backfill');
  for (const [list, forced] of [
    ['incidents', 1],
    ['log_entries', 3],
    ['oncalls', 1],
  ] as const) {
    const rows = await course.held(list, new Date(since).toISOString());
    const own = backfill.filter(({ endpoint }) => endpoint.split('/')[1] === list);
    const requests = own.reduce((sum, one) => sum + one.requests, 0);
    expect(rows, list).toBeGreaterThan(100);
    expect(requests, list).toBeLessThanOrEqual(1.05 * (Math.ceil(rows / 100) + forced));
  }
  const pages = course.sent.filter(({ url }) => url.searchParams.has('since')).map(({ at }) => at);
  const [from, to] = [Math.min(...pages), Math.max(...pages)];
  const { allowedPerMinute } = course.requests();
  const used = course.sent.filter(({ at }) => at >= from && at < to).length / ((to - from) / MINUTE);
  expect(used / allowedPerMinute).toBeGreaterThanOrEqual(0.9);
  expect(busiestMinute(course.sent.map(({ at }) => at))).toBeLessThanOrEqual(allowedPerMinute);
}, 120_000);

it('a quiet account is asked at most five times a minute, what is read hourly included', async () => {
  const course = await begin((url) => configOf(url, { since: { days: 2 } }), 400);
  await until(course, () => course.harvest.status().state === 'ready');
  const start = course.clock.now();
  await until(course, () => course.clock.now() > start + HOUR);
  const asked = course.sent.filter(({ at }) => at > start && at <= start + HOUR);
  expect(asked.some(({ url }) => url.pathname === '/users')).toBe(true);
  expect(asked.length).toBeGreaterThan(60);
  expect(asked.length).toBeLessThanOrEqual(5 * 60);
}, 180_000);
