import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import type { Status } from '../contract.ts';
import { createServing, listen } from '../http/server.ts';
import { createLog } from '../log.ts';
import { accountStore, FROM, TO } from '../query/testing/account.ts';
import type { Store } from '../store/store.ts';
import { askAt } from './ask.ts';
import { report } from './report.ts';

let store: Store;
let server: Server;
let url: string;
beforeAll(async () => {
  store = await accountStore();
  const plans = () => ({ budgets: [], slos: [], faults: [{ file: 'bad.yaml', message: 'is not YAML' }] });
  const status = async () => ({}) as Status;
  const log = createLog('silent');
  const app = createServing({ reader: store, settings: readConfig({}), plans, log, token: 'secret', status });
  ({ server, url } = await listen(app, '127.0.0.1', 0));
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await store.close();
});

it('tells the numbers of POST /query in words, and what to mind', async () => {
  const text = await report(askAt(url, 'secret', fetch), { from: FROM, to: TO });
  expect(text).toMatch(/^On-call report, 2026-03-02 to 2026-03-30 \(UTC\)/);
  expect(text).toMatch(/Interruptions {11}3\n/);
  expect(text).toMatch(/Median time to ack {6}6 min/);
  expect(text).toMatch(/disk <n> full {2}Service S1 {2}3 {14}100 %/);
  expect(text).toMatch(/Ann B\. {2}1 {20}1 /);
  expect(text).toMatch(/Alert budgets\n {2}none in this range/);
  expect(text).toMatch(/To mind\n {2}bad.yaml: is not YAML/);
});

it('shows what the backend says where it refuses', async () => {
  await expect(report(askAt(url, 'wrong', fetch), { from: FROM, to: TO })).rejects.toThrow(
    /answered 401: .*carries another token/,
  );
});
