import { parseArgs } from 'node:util';
import { generate } from './generated.ts';
import { load } from './load.ts';
import { serve } from './served.ts';

/** Fills a store with a simulated account and tells what that took; with --http over HTTP, else through a pipe. */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: 'large' },
    until: { type: 'string', default: '2026-11-16T00:00:00Z' },
    since: { type: 'string', default: '800d' },
    http: { type: 'boolean', default: false },
    file: { type: 'string', default: 'load.duckdb' },
  },
});

const outcome = await load(values, values.http ? serve : generate, values.file, (line) =>
  console.error(line),
);
console.log(JSON.stringify(outcome, null, 2));
