import { parseArgs } from 'node:util';
import { load } from './load.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: 'large' },
    until: { type: 'string', default: '2026-11-16T00:00:00Z' },
    since: { type: 'string', default: '800d' },
    file: { type: 'string', default: 'load.duckdb' },
  },
});

const outcome = await load(values, values.file, (line) => console.error(line));
console.log(JSON.stringify(outcome, null, 2));
