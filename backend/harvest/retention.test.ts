import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import type { Query, QueryResponse } from '../contract.ts';
import { createServing, listen } from '../http/server.ts';
import { createLog } from '../log.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { configOf, fastClock, harvestOf, rowsOf, until } from './harvest.fixture.ts';
import {
  BEGIN,
  entry,
  incident,
  notify,
  ref,
  startTinyAccount,
  type TinyAccount,
  tinyAccount,
} from './tiny-account.fixture.ts';

const DAYS = 60;
const KEPT = 40;
const NOW = BEGIN + DAYS * DAY + 12 * HOUR;
const CUT = BEGIN + (DAYS - KEPT) * DAY;
const OPEN = 3;
const TOUCHED = 5;

let account: TinyAccount;
let store: Store;
let url: string;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  account = yearly();
  const server = await startTinyAccount(account);
  url = server.url;
  store = await openStore('duckdb::memory:');
  closing.push(server.close, () => store.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** An incident a day; one old one is still open, and one was annotated on the last day. */
function yearly(): TinyAccount {
  const days = Array.from({ length: DAYS }, (_, i) => i);
  const minute = (day: number) => day * 1440 + 600;
  const made = tinyAccount(0);
  made.now = NOW;
  made.lists.incidents = days.map((day) =>
    incident(day + 1, minute(day), day === OPEN ? { status: 'triggered', resolved_at: null } : {}),
  );
  made.lists.log_entries = days.flatMap((day) => [
    entry(`L${day}a`, 'trigger', minute(day), `Q${day + 1}`),
    notify(`L${day}b`, minute(day) + 1, `Q${day + 1}`, 'U1'),
  ]);
  made.lists.log_entries.push(entry('LATE', 'annotate', minute(DAYS - 1), `Q${TOUCHED + 1}`));
  made.lists.oncalls = days.map((day) => ({
    user: ref('user', 'U1'),
    escalation_policy: ref('escalation_policy', 'E1'),
    schedule: ref('schedule', 'C1'),
    escalation_level: 1,
    start: new Date(BEGIN + day * DAY).toISOString(),
    end: new Date(BEGIN + (day + 1) * DAY).toISOString(),
  }));
  return made;
}

/** Harvests until all is read and removed that the setting says. */
async function harvest(retention: number | null, more: Partial<Config> = {}): Promise<void> {
  account.asked = [];
  const removes = retention !== null && (await rowsOf(store, 'incident')).length > 0;
  const config = configOf(url, { since: { at: BEGIN }, retention, ...more });
  const clock = fastClock(50, NOW);
  const running = harvestOf(store, config, clock);
  await running.start();
  await until(() => running.status().state === 'ready' && running.harvestedUntil() !== null);
  if (removes) await until(async () => (await noteOf('removed_until')) !== undefined);
  await running.stop();
}

const noteOf = async (name: string) =>
  (await rowsOf(store, 'note')).find((note) => note.name === name)?.value;

/** Incidents, notifications and on-call hours of every day, and why the answer is not whole, as POST /query tells them. */
async function figures() {
  const serving = {
    reader: store,
    settings: readConfig({}),
    plans: () => ({ budgets: [], slos: [], faults: [] }),
    configuration: () => 'as tested',
    log: createLog('silent'),
    token: null,
    status: () => Promise.reject(new Error('not asked')),
  };
  const { server, url: backend } = await listen(createServing(serving), '127.0.0.1', 0);
  const range = { from: new Date(BEGIN).toISOString(), to: new Date(BEGIN + DAYS * DAY).toISOString() };
  const queries = ['incidents', 'notifications', 'on_call_hours'].map(
    (metric): Query => ({
      refId: metric,
      queryType: 'metric',
      metric,
      bucket: 'day',
      format: 'table',
      range,
    }),
  );
  const response = await fetch(`${backend}/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ queries }),
  });
  const { results } = (await response.json()) as QueryResponse;
  server.close();
  server.closeAllConnections();
  return Object.values(results).map(({ frames }) => ({
    values: frames[0]?.data.values.at(-1) ?? [],
    reason: frames[0]?.schema.meta.custom.reason,
  }));
}

const idsOf = async (table: 'incident' | 'log_entry' | 'page') =>
  (await rowsOf(store, table)).map((row) => row.id);

/** The earliest instant that a list was asked for. */
function earliestAsked(): number {
  const since = account.asked.map((path) => new URL(path, 'http://x').searchParams.get('since'));
  return Math.min(...since.flatMap((text) => (text ? [Date.parse(text)] : [])));
}

it('older days go, figures of them are null and say why, the others stay as they were', async () => {
  await harvest(null);
  const before = await figures();
  expect(before[0]).toEqual({ values: Array(DAYS).fill(1), reason: null });

  await harvest(KEPT);
  const after = await figures();
  const gone = DAYS - KEPT;
  for (const [i, { values, reason }] of after.entries()) {
    expect(values.slice(0, gone)).toEqual(Array(gone).fill(null));
    expect(values.slice(gone)).toEqual(before[i]?.values.slice(gone));
    expect(reason).toContain(`reaches back to ${new Date(CUT).toISOString()}`);
  }
  expect((await rowsOf(store, 'coverage')).filter((row) => row.stream === 'incidents')).toMatchObject([
    { from: CUT, state: 'complete' },
  ]);
});

it('removes incidents with all that belongs to them, but for open ones and those that something happened to since', async () => {
  await harvest(null);
  await harvest(KEPT);
  const old = [OPEN + 1, TOUCHED + 1].map((n) => `Q${n}`);
  const kept = Array.from({ length: KEPT }, (_, i) => `Q${DAYS - KEPT + i + 1}`);
  expect((await idsOf('incident')).sort()).toEqual([...old, ...kept].sort());
  for (const table of ['log_entry', 'page', 'notification', 'incident_fact', 'incident_team'] as const) {
    const incidents = new Set((await rowsOf(store, table)).map((row) => String(row.incident_id)));
    expect([...incidents].sort(), table).toEqual([...old, ...kept].sort());
  }
  expect(
    (await idsOf('log_entry')).filter((id) => /^L[35]|LATE/.test(String(id)) && !/^L[35]\d/.test(String(id))),
  ).toEqual(expect.arrayContaining(['L3a', 'L3b', 'L5a', 'L5b', 'LATE']));
  for (const table of ['on_call', 'shift'] as const) {
    expect(Math.min(...(await rowsOf(store, table)).map((row) => Number(row.end))), table).toBeGreaterThan(
      CUT,
    );
  }
});

it('never reads again what it removed, also when all is kept from then on', async () => {
  await harvest(null);
  await harvest(KEPT);
  await harvest(null);
  expect(earliestAsked()).toBeGreaterThanOrEqual(CUT - HOUR);
  expect((await figures())[0]?.values.slice(0, DAYS - KEPT)).toEqual(Array(DAYS - KEPT).fill(null));
});

it('reads no more of a new account than is kept', async () => {
  await harvest(KEPT);
  expect(earliestAsked()).toBeGreaterThanOrEqual(CUT - HOUR);
  expect((await figures())[0]?.values.slice(DAYS - KEPT)).toEqual(Array(KEPT).fill(1));
});

it("removes nothing by a clock that is told wrong, PagerDuty's or this machine's", async () => {
  await harvest(null);
  account.now = NOW + 4000 * DAY;
  await harvest(KEPT);
  expect((await idsOf('incident')).length).toBe(KEPT + 2);
});
