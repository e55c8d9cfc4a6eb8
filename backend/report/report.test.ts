import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import type { Status } from '../contract.ts';
import { createServing, listen } from '../http/server.ts';
import { createLog } from '../log.ts';
import { accountStore, FROM, TO } from '../query/testing/account.ts';
import type { Store } from '../store/store.ts';
import { type Ask, askAt } from './ask.ts';
import type { Document } from './document.ts';
import { lastDays } from './period.ts';
import { report } from './report.ts';
import { asText } from './text.ts';

const ACCOUNT = { id: 'acme', name: 'acme', simulated: true, url: 'https://acme.pagerduty.com' };
const REQUEST = { period: lastDays(28, Date.parse(TO)), teams: [], timeZone: 'UTC' };

let store: Store;
let server: Server;
let url: string;
let ask: Ask;
let document: Document;
beforeAll(async () => {
  store = await accountStore();
  ({ server, url } = await served(store));
  ask = askAt(url, 'secret', fetch);
  document = await report(ask, REQUEST, ACCOUNT);
});
afterAll(() => end(server, store));

/** A backend that answers from a store. */
async function served(reader: Store): Promise<{ server: Server; url: string }> {
  const plans = () => ({ budgets: [], slos: [], faults: [{ file: 'bad.yaml', message: 'is not YAML' }] });
  const status = async () => ({}) as Status;
  const log = createLog('silent');
  const app = createServing({
    reader,
    settings: readConfig({}),
    plans,
    configuration: () => 'as tested',
    log,
    token: 'secret',
    status,
  });
  return listen(app, '127.0.0.1', 0);
}

async function end(server: Server, store: Store): Promise<void> {
  server.close();
  server.closeAllConnections();
  await store.close();
}

const section = (title: string) => document.sections.find((one) => one.title.startsWith(title));
const texts = (title: string) => section(title)?.rows.map((row) => row.map(({ text }) => text));

it('tells the period in words, and what to mind', () => {
  const text = asText(document);
  expect(text).toMatch(/^On-call report, 2026-03-02 to 2026-03-30\nacme · all teams · days in UTC/);
  expect(text).toMatch(/Interruptions {15}3 {5}/);
  expect(text).toMatch(/Median time to acknowledge {2}6 min/);
  expect(text).toMatch(/Alert budgets\n {2}No alert budget is set up/);
  expect(text).toMatch(/To mind\n {2}SIMULATED DATA: nobody was paged\./);
  expect(text).toMatch(/bad.yaml: is not YAML/);
});

it('holds the numbers of POST /query', async () => {
  const range = { from: FROM, to: TO };
  const summary = new Map(texts('The period')?.map(([figure, now, before]) => [figure, [now, before]]));
  for (const [metric, title] of [
    ['incidents', 'Incidents'],
    ['interruptions', 'Interruptions'],
    ['sleep_interruptions', 'Night interruptions'],
  ] as const) {
    const { rows } = await ask({ queryType: 'metric', metric, range, format: 'table' });
    expect(summary.get(title)?.[0]).toBe(String(rows[0]?.[metric]));
  }
  const noise = await ask({ queryType: 'noise', range });
  expect(texts('Noisiest')?.map(([alert, , incidents]) => [alert, incidents])).toEqual(
    noise.rows.slice(0, 10).map((row) => [row.fingerprint, String(row.incidents)]),
  );
  const nights = await ask({ queryType: 'night', range });
  const people = new Set(nights.rows.map((row) => row.user));
  expect(
    texts('Nights')
      ?.map(([person]) => person)
      .sort(),
  ).toEqual([...people].sort());
  const open = await ask({
    queryType: 'incidents',
    range,
    filters: [{ dimension: 'status', op: '!=', values: ['resolved'] }],
  });
  expect(open.rows.length).toBeGreaterThan(0);
  expect(texts('Incidents still open')?.map(([number]) => number)).toEqual(
    open.rows.map((row) => `#${row.number}`),
  );
});

it('holds what paged and the budgets as POST /query tells them', async () => {
  const range = { from: FROM, to: TO };
  const paged = await ask({
    queryType: 'metric',
    metric: 'paged_incidents',
    by: ['service'],
    range,
    format: 'table',
  });
  const byService = new Map(texts('What paged')?.map(([service, count]) => [service, count]));
  expect(byService).toEqual(new Map(paged.rows.map((row) => [row.service, String(row.paged_incidents)])));
  const summary = new Map(texts('The period')?.map(([figure, now]) => [figure, now]));
  for (const [metric, title] of [
    ['auto_resolved_share', 'Auto-resolved'],
    ['unacknowledged_share', 'Never acknowledged'],
  ] as const) {
    const { rows } = await ask({ queryType: 'metric', metric, range, format: 'table' });
    expect(summary.get(title)).toBe(`${Math.round(Number(rows[0]?.[metric]) * 100)} %`);
  }
});

it('says that what lies before the harvest is unknown, not none', () => {
  expect(texts('The period')?.find(([figure]) => figure === 'Incidents')).toEqual([
    'Incidents',
    expect.stringMatching(/^\d+$/),
    'unknown',
    'unknown',
  ]);
  expect(texts('What paged')?.map(([, , before]) => before)).toEqual(['unknown', 'unknown']);
});

it('says that nights of which no log entries are harvested are unknown, and not whole', async () => {
  const late = await accountStore();
  const from = Date.parse('2026-03-08T00:00:00Z');
  const row = { from, to: Date.parse(TO), state: 'running', rows: 6, reason: null };
  await late.transact((writer) =>
    writer.put(
      'coverage',
      ['incidents', 'log_entries'].map((stream) => ({ ...row, stream })),
    ),
  );
  const own = await served(late);
  const period = lastDays(6, from);
  const { sections } = await report(askAt(own.url, 'secret', fetch), { ...REQUEST, period }, ACCOUNT);
  const nights = sections.find(({ title }) => title.startsWith('Nights'));
  expect(nights?.rows.map((cells) => cells.map(({ text }) => text))).toEqual([
    ['Ann B.', 'unknown', 'unknown', expect.stringMatching(/^\d+ h$/)],
  ]);
  await end(own.server, late);
});

it('shows what the backend says where it refuses, and what to do where there is none', async () => {
  await expect(report(askAt(url, 'wrong', fetch), REQUEST, null)).rejects.toThrow(
    /answered 401: .*carries another token/,
  );
  await expect(report(askAt('http://127.0.0.1:9', null, fetch), REQUEST, null)).rejects.toThrow(
    /No backend answers at .*npm start/,
  );
});
