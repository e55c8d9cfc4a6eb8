import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import type { Status } from '../contract.ts';
import { createLog } from '../log.ts';
import { accountStore, FROM, TO } from '../query/testing/account.ts';
import type { Store } from '../store/store.ts';
import { createServing, listen } from './server.ts';

const range = { from: FROM, to: TO };
let store: Store;
let server: Server;
let url: string;
let ready = false;
let failure: Error | null = null;

beforeAll(async () => {
  store = await accountStore();
  const status = async () => {
    if (failure) throw failure;
    return { harvestedUntil: ready ? TO : null, reason: ready ? null : 'just begun' } as Status;
  };
  const plans = () => ({ budgets: [], slos: [], faults: [] });
  const app = createServing({
    reader: store,
    settings: readConfig({}),
    plans,
    configuration: () => 'as tested',
    log: createLog('silent'),
    token: 'secret',
    status,
  });
  ({ server, url } = await listen(app, '127.0.0.1', 0));
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await store.close();
});

/** An answer's JSON, its shape as the tests below expect it. */
interface Answered {
  error: { message: string };
  results: Record<
    string,
    { status: number; error?: string; errorSource?: string; frames: { data: { values: unknown[][] } }[] }
  >;
  queryTypes: { name: string }[];
  metrics: { dimensions: string[]; link: string }[];
  dimensions: { name: string }[];
}

const jsonOf = async (response: Promise<Response>) => (await (await response).json()) as Answered;

const get = (path: string, token = 'secret') =>
  fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
const post = (body: string) =>
  fetch(`${url}/query`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization: 'Bearer secret' },
  });

describe('the token', () => {
  it('is asked of all but health and ready', async () => {
    const paths = ['/status', '/metrics', '/catalogue', '/values?dimension=team', '/query'];
    const statuses = await Promise.all(
      paths.map(
        async (path) => (await fetch(`${url}${path}`, { method: path === '/query' ? 'POST' : 'GET' })).status,
      ),
    );
    expect(statuses).toEqual([401, 401, 401, 401, 401]);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('is told apart when missing and when wrong', async () => {
    expect((await jsonOf(fetch(`${url}/status`))).error.message).toMatch(
      /carries no bearer token: set the data source's token/,
    );
    expect((await jsonOf(get('/status', 'other'))).error.message).toMatch(/carries another token/);
  });
});

it('is ready once something is harvested', async () => {
  expect((await get('/ready')).status).toBe(503);
  ready = true;
  expect(await (await get('/ready')).json()).toEqual({ ready: true, harvestedUntil: TO, reason: null });
});

it('tells of a failure whose code is a number, as an abort has, without tripping over it', async () => {
  failure = new DOMException('aborted', 'AbortError');
  const response = await get('/status');
  failure = null;
  expect(response.status).toBe(500);
  expect((await jsonOf(Promise.resolve(response))).error.message).toMatch(/its log says why/);
});

it('answers every query of a request, a failing one beside the others', async () => {
  const queries = [
    { refId: 'A', queryType: 'metric', range, metric: 'pages', format: 'table' },
    { refId: 'B', queryType: 'metric', range, metric: 'pagez' },
  ];
  const { results } = await jsonOf(post(JSON.stringify({ queries })));
  expect(results.A?.frames[0]?.data.values).toEqual([[4]]);
  expect(results.B).toMatchObject({
    status: 400,
    errorSource: 'downstream',
    error: expect.stringMatching(/did you mean pages/),
  });
});

it('offers every query type, metric and dimension, each metric with dimensions that go with it', async () => {
  const { queryTypes, metrics, dimensions } = await jsonOf(get('/catalogue'));
  const known = dimensions.map((dimension) => dimension.name);
  expect(queryTypes.map((type) => type.name)).toContain('metric');
  for (const metric of metrics) {
    expect(known).toEqual(expect.arrayContaining(metric.dimensions));
    expect(metric.link).toMatch(/definitions\.md#\d-[a-z-]+$/);
  }
});

it('gives the values of a dimension, searched', async () => {
  expect(await (await get('/values?dimension=team&search=pay')).json()).toEqual({
    values: [{ id: 'T1', name: 'Payments' }],
    total: 1,
  });
  expect((await jsonOf(get('/values?dimension=tema'))).error.message).toMatch(
    /dimension "tema" is unknown; did you mean team/,
  );
});

describe('a bad request', () => {
  it.each([
    ['not JSON', '{', 400, /The body is not JSON/],
    ['no queries', '{}', 400, /queries is not a list of queries/],
    ['an empty list', '{"queries": []}', 400, /send at least one query/],
    [
      'too many queries',
      JSON.stringify({ queries: Array(101).fill({}) }),
      413,
      /101 entries, more than 100: split the request/,
    ],
    ['a large body', JSON.stringify({ queries: [{ x: 'x'.repeat(2_000_000) }] }), 413, /larger than 1mb/],
  ])('is refused in words: %s', async (_what, body, status, message) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as Answered).error.message).toMatch(message);
  });

  it.each([
    ['another charset', { 'content-type': 'application/json; charset=klingon' }, /not in UTF-8/],
    ['an unknown encoding', { 'content-encoding': 'squeezed' }, /content-encoding .* send it plain/],
    ['a broken encoding', { 'content-encoding': 'gzip' }, /not what its encoding says/],
  ])('with a body in %s is refused in words', async (_what, headers, message) => {
    const response = await fetch(`${url}/query`, {
      method: 'POST',
      body: '{"queries": []}',
      headers: { 'content-type': 'application/json', authorization: 'Bearer secret', ...headers },
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Answered).error.message).toMatch(message);
  });

  it('to an unknown path says so', async () => {
    expect((await jsonOf(get('/metrix'))).error.message).toMatch(/There is no GET \/metrix/);
  });
});

it('says which port is taken', async () => {
  const port = Number(new URL(url).port);
  const app = createServing({
    reader: store,
    settings: readConfig({}),
    plans: () => ({ budgets: [], slos: [], faults: [] }),
    configuration: () => 'as tested',
    log: createLog('silent'),
    token: null,
    status: async () => ({}) as Status,
  });
  await expect(listen(app, '127.0.0.1', port)).rejects.toThrow(
    /Cannot listen on 127.0.0.1:\d+: .*Choose another PORT or HOST/,
  );
});

it('keeps an idle connection longer than Grafana does, so that no question is lost in one that closes', () => {
  expect(server.keepAliveTimeout).toBeGreaterThan(90_000);
});
