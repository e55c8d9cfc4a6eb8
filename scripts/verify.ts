import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Options, Part, Verdict } from '../proof/part.ts';
import { PARTS } from '../proof/parts/index.ts';
import { commitInWords, type Run, sectionOf, withSection } from './verify-report.ts';

/** Runs long proofs, all or those named; prints what came of each and writes its section of docs/verify.md. Exit code 1 where one does not hold. */
const ROOT = join(import.meta.dirname, '..');
const REPORT = join(ROOT, 'docs/verify.md');
const NAMES = Object.keys(PARTS);

try {
  const { names, given } = readArguments();
  let holds = true;
  for (const name of names) {
    const run = await runPart(name, given);
    console.log(sectionOf(run));
    if (isUsual(name, given)) record(run);
    else console.log(`With other options than the usual ones a run is not written to docs/verify.md.\n`);
    holds &&= run.holds;
  }
  process.exitCode = holds ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function readArguments(): { names: string[]; given: Options } {
  const options = NAMES.flatMap((name) => Object.keys(PARTS[name]?.options ?? {}));
  const { values, positionals } = parseArgs({
    options: Object.fromEntries(options.map((option) => [option, { type: 'string' as const }])),
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(', ')}; parts are ${NAMES.join(', ')}.`);
  }
  return { names: positionals.length > 0 ? positionals : NAMES, given: values as Options };
}

async function runPart(name: string, given: Options): Promise<Run> {
  const part = PARTS[name] as Part;
  const own = Object.entries(given).filter(([option]) => option in part.options);
  const commit = commitInWords(ROOT);
  const began = performance.now();
  const verdict = await attempt(part, { ...part.options, ...Object.fromEntries(own) });
  return {
    ...verdict,
    name,
    title: part.title,
    command: ['npm run verify --', name, ...own.map(([option, value]) => `--${option} ${value}`)].join(' '),
    seconds: (performance.now() - began) / 1000,
    at: new Date(),
    commit,
  };
}

async function attempt(part: Part, options: Options): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'pagebudget-verify-'));
  try {
    return await part.prove(options, folder);
  } catch (error) {
    return { holds: false, lines: [inWords(error)] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** An error's message, with what caused it: a failed fetch says no more by itself. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${inWords(error.cause)}`;
}

function isUsual(name: string, given: Options): boolean {
  const usual = PARTS[name]?.options ?? {};
  return Object.entries(given).every(([option, value]) => !(option in usual) || usual[option] === value);
}

function record(run: Run): void {
  const report = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '';
  writeFileSync(REPORT, withSection(report, run, NAMES));
}
