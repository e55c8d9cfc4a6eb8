import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { zoneOf } from '../calendar/zone.ts';
import { type Clock, DAY, HOUR } from '../clock.ts';
import type { Status } from '../contract.ts';
import { createLog } from '../log.ts';
import { sql } from '../sql/statement.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import type { Ask } from './ask.ts';
import { lastDue, startWeekly } from './schedule.ts';

const MONDAY_NINE = Date.parse('2026-11-16T09:00:00Z');
const SETTINGS = { day: 1, at: 540, teams: [] };
const nothing: Ask = async () => ({ rows: [], complete: true, warnings: [] });

let store: Store;
let server: Server;
let webhook: string;
let answers: number[];
let received: string[];
beforeEach(async () => {
  store = await openStore('duckdb::memory:');
  answers = [];
  received = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString()).text);
      const status = answers.shift() ?? 200;
      if (status === 0) response.destroy();
      else response.writeHead(status).end('said so');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  webhook = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/services/T/B/x`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});

/** Lets a schedule run from one instant to another of a clock that jumps from sleep to sleep. */
async function run(from: number, until: number, harvestedUntil = (now: number) => now): Promise<void> {
  let now = from;
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const clock: Clock = {
    now: () => now,
    async sleep(ms, signal) {
      now += ms;
      await new Promise(setImmediate);
      if (now < until || signal?.aborted) return;
      arrive();
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
    },
  };
  const status = async () =>
    ({
      timeZone: 'UTC',
      account: null,
      harvestedUntil: new Date(harvestedUntil(now)).toISOString(),
    }) as Status;
  const log = createLog('silent');
  const weekly = startWeekly({ store, ask: nothing, status, settings: SETTINGS, webhook, fetch, clock, log });
  await arrived;
  await weekly.stop();
}

async function noted(): Promise<{ state: string }> {
  const [row] = await store.read<{ value: string }>(
    sql`SELECT "value" FROM "note" WHERE "name" = 'weekly_report'`,
  );
  return JSON.parse(row?.value ?? '{}');
}

it('is due on its weekday at its time by the wall clock of the zone', () => {
  const berlin = zoneOf('Europe/Berlin');
  const at = (text: string) => new Date(lastDue(berlin, SETTINGS, Date.parse(text))).toISOString();
  expect(at('2026-11-16T08:00:00Z')).toBe('2026-11-16T08:00:00.000Z');
  expect(at('2026-11-16T07:59:59Z')).toBe('2026-11-09T08:00:00.000Z');
  expect(at('2026-03-31T00:00:00Z')).toBe('2026-03-30T07:00:00.000Z');
});

it('sends the week before once, and none that was due before the first start', async () => {
  await run(MONDAY_NINE - 2 * HOUR, MONDAY_NINE - HOUR);
  expect(received).toEqual([]);
  await run(MONDAY_NINE - HOUR, MONDAY_NINE + HOUR);
  await run(MONDAY_NINE + HOUR, MONDAY_NINE + DAY);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatch(/^\*On-call report, week 2026-W46 \(2026-11-09 to 2026-11-15\)\*/);
  expect(await noted()).toMatchObject({ state: 'sent' });
});

it('tries again where the message surely did not arrive', async () => {
  await run(MONDAY_NINE - HOUR, MONDAY_NINE - HOUR);
  answers = [503, 429];
  await run(MONDAY_NINE - HOUR, MONDAY_NINE + HOUR);
  expect(received).toHaveLength(3);
  expect(await noted()).toMatchObject({ state: 'sent' });
});

it('does not try again where the webhook refuses, or where the message may have arrived', async () => {
  await run(MONDAY_NINE - HOUR, MONDAY_NINE - HOUR);
  answers = [404];
  await run(MONDAY_NINE - HOUR, MONDAY_NINE + HOUR);
  expect(await noted()).toMatchObject({ state: 'failed' });
  answers = [0];
  await run(MONDAY_NINE + 7 * DAY - HOUR, MONDAY_NINE + 7 * DAY + HOUR);
  expect(await noted()).toMatchObject({ state: 'unknown' });
  expect(received).toHaveLength(2);
});

it('does not try again where a gateway lost the answer', async () => {
  await run(MONDAY_NINE - HOUR, MONDAY_NINE - HOUR);
  for (const [week, status] of [502, 504].entries()) {
    answers = [status];
    const due = MONDAY_NINE + week * 7 * DAY;
    await run(due - HOUR, due + HOUR);
    expect(await noted()).toMatchObject({ due, state: 'unknown' });
  }
  expect(received).toHaveLength(2);
});

it('sends after the next start what the end of the process kept from arriving', async () => {
  await run(MONDAY_NINE - HOUR, MONDAY_NINE - HOUR);
  const before = await noted();
  answers = [503, 503];
  await run(MONDAY_NINE - HOUR, MONDAY_NINE + 30_000);
  expect(received).toHaveLength(2);
  expect(await noted()).toEqual(before);
  await run(MONDAY_NINE + 60_000, MONDAY_NINE + HOUR);
  expect(received).toHaveLength(3);
  expect(await noted()).toMatchObject({ due: MONDAY_NINE, state: 'sent' });
});

it('does not send again after an end in mid-delivery', async () => {
  const value = JSON.stringify({ due: MONDAY_NINE, state: 'sending' });
  await store.transact((writer) => writer.put('note', [{ name: 'weekly_report', value, written_at: null }]));
  await run(MONDAY_NINE + 60_000, MONDAY_NINE + HOUR);
  expect(received).toEqual([]);
  expect(await noted()).toMatchObject({ state: 'unknown' });
});

it('waits until the week is harvested', async () => {
  await run(MONDAY_NINE - HOUR, MONDAY_NINE - HOUR);
  const behind = (now: number) => now - DAY;
  await run(MONDAY_NINE - HOUR, MONDAY_NINE + 12 * HOUR, behind);
  expect(received).toEqual([]);
  await run(MONDAY_NINE + 12 * HOUR, MONDAY_NINE + 16 * HOUR, behind);
  expect(received).toHaveLength(1);
});
