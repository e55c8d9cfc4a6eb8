import { DuckDBInstance } from '@duckdb/node-api';
import express from 'express';
import { listen } from '../../backend/http/server.ts';
import { readCoverage } from '../../backend/query/coverage.ts';
import { readRows } from '../../backend/store/duckdb/rows.ts';
import { openStore } from '../../backend/store/open.ts';
import type { Reader } from '../../backend/store/store.ts';
import { rawOf } from './raw.ts';

/** A process of its own: raw rows of a store in plain SQL over HTTP, `POST /` with a question and until when; DuckDB is set as it comes, with all cores and memory. */
const [, , store = ''] = process.argv;
const read = store.startsWith('duckdb:') ? await plainDuckdb(store.slice('duckdb:'.length)) : await reading();

const app = express();
app.post('/', express.json(), async ({ body }, response) => {
  const statement = rawOf(body.asked, body.to);
  response.json(statement && (await read(statement)));
});
const { url } = await listen(app, '127.0.0.1', 0);
const { until } = await readCoverage({ read } as Reader);

process.on('message', ({ id }: { id: number }) => process.send?.({ id, told: { url, until } }));
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => process.exit());
process.send?.({ id: 0, told: null });

async function plainDuckdb(path: string): Promise<Reader['read']> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  return (statement) => readRows(connection, statement);
}

async function reading(): Promise<Reader['read']> {
  const opened = await openStore(store);
  return (statement) => opened.read(statement);
}
