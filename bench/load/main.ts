import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { commitInWords } from '../../scripts/verify-report.ts';
import { ROOT, writeSection } from '../document.ts';
import { asStarted } from '../start.ts';
import type { LoadOutcome } from './load.ts';
import { loadSection } from './report.ts';

/** Fills a store with a simulated account in a process that is started as the backend is, tells what that took, and with --write puts it into docs/performance.md. */
const { values } = parseArgs({
  options: { size: { type: 'string', default: 'large' }, write: { type: 'boolean', default: false } },
  strict: false,
});
const given = process.argv.slice(2);
const { flags, environment } = asStarted();
const commit = commitInWords(ROOT);
const run = spawn(
  process.execPath,
  [...flags, join(import.meta.dirname, 'run.ts'), ...given.filter((one) => one !== '--write')],
  { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
);
const [output, [code]] = await Promise.all([text(run.stdout), once(run, 'close')]);
if (code !== 0) process.exit(1);
const section = loadSection(JSON.parse(output) as LoadOutcome, {
  size: String(values.size),
  http: given.includes('--http'),
  command: `npm run load -- ${given.join(' ')}`,
  commit,
  at: new Date(),
});
console.log(section);
if (values.write) writeSection(section);
