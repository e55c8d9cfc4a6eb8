import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { type Counts, goCounts, playwrightCounts, vitestCounts } from './counts.ts';

/** One test runner: how it is started and how its report is counted. */
interface Runner {
  name: string;
  command: string[];
  env?: Record<string, string>;
  /** The file that the report goes to; standard output where there is none. */
  reportFile?: string;
  count(report: string): Counts;
}

const VITEST_REPORT = 'node_modules/.cache/vitest-report.json';

const RUNNERS: Runner[] = [
  {
    name: 'vitest',
    command: ['vitest', 'run', '--reporter=json', `--outputFile=${VITEST_REPORT}`],
    reportFile: VITEST_REPORT,
    count: vitestCounts,
  },
  {
    name: 'go test',
    command: ['go', 'test', '-json', '-trimpath', './pkg/...'],
    env: { CGO_ENABLED: '0', GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? 'auto' },
    count: goCounts,
  },
  { name: 'playwright', command: ['playwright', 'test', '--reporter=json'], count: playwrightCounts },
];

/** Commands whose failure ends the run before a test starts. */
const BUILD = ['npm', 'run', '--silent', 'build'];

const built = await run(BUILD, {});
if (built.code !== 0) {
  console.log(`${built.output}${built.errors}\nThe build failed.\n0 passed, 1 failed, 0 skipped`);
  process.exit(1);
}
const totals: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
for (const runner of RUNNERS) {
  const started = Date.now();
  if (runner.reportFile) rmSync(runner.reportFile, { force: true });
  const { code, output, errors } = await run(runner.command, runner.env ?? {});
  const counts = read(runner, code, output, errors);
  const took = Math.round((Date.now() - started) / 1000);
  console.log(`${runner.name}: ${sentence(counts)} in ${took} s`);
  for (const failure of counts.failures) console.log(`  FAILED ${failure}`);
  for (const key of ['passed', 'failed', 'skipped'] as const) totals[key] += counts[key];
}
if (!process.env.GRAFANA_URL && !existsSync(process.env.GRAFANA_HOME ?? '-')) {
  console.log('The end-to-end tests in Grafana were skipped: set GRAFANA_URL or GRAFANA_HOME to run them.');
}
console.log(sentence(totals));
process.exitCode = totals.failed === 0 ? 0 : 1;

/** A runner that ends badly without a failed test still counts as one failure: nothing passes by crashing. */
function read(runner: Runner, code: number, output: string, errors: string): Counts {
  let counts: Counts;
  try {
    counts = runner.count(runner.reportFile ? readFileSync(runner.reportFile, 'utf8') : output);
  } catch {
    counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
  if (code === 0 && counts.passed > 0) return counts;
  if (counts.failed > 0) return counts;
  const last = `${errors}\n${output}`.trim().split('\n').slice(-30).join('\n');
  return {
    ...counts,
    failed: 1,
    failures: [`${runner.name} ended with code ${code} and ${counts.passed} tests\n${last}`],
  };
}

function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function run(
  command: string[],
  env: Record<string, string>,
): Promise<{ code: number; output: string; errors: string }> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Record<'output' | 'errors', Buffer[]> = { output: [], errors: [] };
    child.stdout.on('data', (chunk: Buffer) => chunks.output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.errors.push(chunk));
    const text = (which: keyof typeof chunks) => Buffer.concat(chunks[which]).toString();
    child.on('error', (error) =>
      resolve({ code: 127, output: '', errors: `${program} cannot be started: ${error.message}` }),
    );
    child.on('close', (code) => resolve({ code: code ?? 1, output: text('output'), errors: text('errors') }));
  });
}
