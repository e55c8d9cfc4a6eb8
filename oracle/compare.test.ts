import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { compare, type Question } from './compare.ts';
import { factsOf } from './facts.ts';
import { account, incident, reference } from './sample.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const facts = factsOf(
  account({
    incidents: [
      incident('I1', '2026-03-02T10:00:00Z'),
      incident('I2', '2026-03-03T10:00:00Z', { service: reference('service', 'S2') }),
    ],
  }),
);
const oracle = { facts, budgets: [], slos: [] };
const question: Question = {
  query: {
    refId: 'A',
    queryType: 'metric',
    metric: 'incidents',
    by: ['service'],
    bucket: 'none',
    format: 'table',
    filters: [],
    range: { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' },
    timeZone: 'UTC',
    intervalMs: 60_000,
    maxDataPoints: 100,
  },
};

async function answering(result: unknown): Promise<{ url: string; token: string }> {
  const made = createServer((_, response) => response.end(JSON.stringify({ results: { A: result } })));
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}`, token: 't' };
}

function frame(columns: string[], values: unknown[][]) {
  const custom = { timeZone: 'UTC', harvestedUntil: '2026-05-01T00:00:00.000Z' };
  return {
    status: 200,
    frames: [{ schema: { fields: columns.map((name) => ({ name })), meta: { custom } }, data: { values } }],
  };
}

const columns = ['service', 'service_id', 'incidents'];

test('an answer that agrees in every cell has no mismatch', async () => {
  const backend = await answering(
    frame(columns, [
      ['s', 's2'],
      ['S', 'S2'],
      [1, 1],
    ]),
  );
  expect(await compare(oracle, backend, question)).toEqual({ mismatches: [], numbers: 4 });
});

test('a wrong number, a missing row and a row too many are told apart', async () => {
  const backend = await answering(
    frame(columns, [
      ['s', 'x'],
      ['S', 'X'],
      [2, 1],
    ]),
  );
  const { mismatches } = await compare(oracle, backend, question);
  expect(mismatches.map(({ row, column, given }) => [row, column, typeof given])).toEqual([
    ['service_id=S', 'incidents', 'number'],
    ['service_id=X', '(row)', 'string'],
    ['service_id=S2', '(row)', 'undefined'],
  ]);
});

test('columns must be those of the table in their order', async () => {
  const backend = await answering(
    frame(
      ['incidents', 'service_id', 'owner'],
      [
        [1, 1],
        ['S', 'S2'],
        ['a', 'b'],
      ],
    ),
  );
  const { mismatches } = await compare(oracle, backend, question);
  expect(mismatches.map(({ given }) => given)).toEqual([
    'unknown column owner',
    'missing column service',
    'columns out of order: incidents, service_id, owner',
  ]);
});

test('an error is a mismatch, unless the question should be refused', async () => {
  const backend = await answering({ status: 400, error: 'unknown metric' });
  expect((await compare(oracle, backend, question)).mismatches).toMatchObject([
    { given: '400 unknown metric' },
  ]);
  expect((await compare(oracle, backend, { ...question, refused: true })).mismatches).toEqual([]);
});

test('series are read by their labels', async () => {
  const query = { ...question.query, bucket: 'week', format: 'time_series' } as Question['query'];
  const custom = { timeZone: 'UTC', harvestedUntil: '2026-05-01T00:00:00.000Z' };
  const series = (service: string, id: string, values: number[]) => ({
    schema: {
      fields: [
        { name: 'time', type: 'time' },
        { name: 'incidents', labels: { service, service_id: id } },
      ],
      meta: { custom },
    },
    data: { values: [[Date.parse('2026-02-23'), Date.parse('2026-03-02')], values] },
  });
  const frames = [series('s', 'S', [0, 1]), series('s2', 'S2', [0, 1])];
  const backend = await answering({ status: 200, frames });
  expect(await compare(oracle, backend, { query })).toEqual({ mismatches: [], numbers: 8 });
});
