import { parseArgs } from 'node:util';
import { commitInWords } from '../scripts/verify-report.ts';
import { ROOT, writeSection } from './document.ts';
import { type Measurement, measure } from './questions/measure.ts';
import { sectionsOf } from './questions/report.ts';

/** Measures how fast stores answer; prints the table and, with --write, puts it into docs/performance.md. Rows are added to the stores: take copies. */
const { values, positionals } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    viewers: { type: 'string', default: '200' },
    write: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error(
    'Name the stores to ask: npm run bench -- duckdb:copy.duckdb postgres://... [--rounds 20] [--viewers 200] [--write]',
  );
  process.exit(2);
}

const command = `npm run bench -- ${positionals.map(inShort).join(' ')} --rounds ${values.rounds}`;
const rounds = { rounds: Number(values.rounds), viewers: Number(values.viewers) };
const all: Measurement[] = [];
for (const store of positionals) {
  all.push(await measure(store, rounds, (line) => process.stderr.write(`${line}\n`)));
  const sections = sectionsOf(all, command, commitInWords(ROOT), new Date());
  if (values.write) for (const section of sections) writeSection(section);
  if (store === positionals.at(-1)) console.log(sections.join('\n'));
}

/** A store's address without its folder, or without who may open it. */
function inShort(store: string): string {
  return store.replace(/\/\/.*@/, '//…@').replace(/^duckdb:.*\//, 'duckdb:');
}
