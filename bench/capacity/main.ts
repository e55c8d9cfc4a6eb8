import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SIZES, type Size } from '../../simulator/model/read.ts';
import { generate } from '../load/generated.ts';
import { load } from '../load/load.ts';
import { slowestAnswer } from './ask.ts';
import { type AccountChoice, demandOf } from './demand.ts';
import { meetLimits } from './limits.ts';
import { reportOf } from './report.ts';

const USAGE = `npm run capacity -- [FILE] [--size ${SIZES.join('|')}] [--seed 1] [--days 28] [--share 0.5] [--until 2026-11-16T00:00:00Z]

FILE describes an account (simulator/README.md); its last days are loaded into a store of their own, asked about, and
every limit is told that the account meets, the one that it outgrows first at the beginning.`;

const DAY = 86_400_000;

try {
  console.log(await examine(readArguments()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(`\n${USAGE}`);
  process.exitCode = 2;
}

function readArguments(): AccountChoice & { share: number } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: 'string', default: 'small' },
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: '28' },
      share: { type: 'string', default: '0.5' },
      until: { type: 'string', default: '2026-11-16T00:00:00Z' },
    },
  });
  const number = (name: 'seed' | 'days' | 'share', least: number, most: number) => {
    const value = Number(values[name]);
    if (value >= least && value <= most) return value;
    throw new Error(`--${name} must be a number from ${least} to ${most}, not "${values[name]}".`);
  };
  const until = Date.parse(values.until);
  if (Number.isNaN(until)) throw new Error(`--until must be an ISO 8601 time, not "${values.until}".`);
  const size = SIZES.find((name) => name === values.size);
  if (!size) throw new Error(`There is no size "${values.size}"; sizes are ${SIZES.join(', ')}.`);
  const [account] = positionals;
  return {
    ...{ seed: number('seed', 0, 2 ** 31), days: number('days', 1, 366), share: number('share', 0.01, 1) },
    ...{ until, size: size satisfies Size, ...(account !== undefined && { account }) },
  };
}

async function examine({ share, ...choice }: AccountChoice & { share: number }): Promise<string> {
  const demand = demandOf(choice);
  const folder = mkdtempSync(join(tmpdir(), 'pagebudget-capacity-'));
  const file = join(folder, 'sample.duckdb');
  const days = Math.min(choice.days, demand.history.days);
  const iso = (at: number) => new Date(at).toISOString();
  try {
    const { seed, size, account, until } = choice;
    const about = { seed: String(seed), size, until: iso(until), since: iso(until - days * DAY) };
    const shape = account === undefined ? {} : { shape: account };
    const before = process.cpuUsage();
    const loaded = await load({ ...about, ...shape }, generate, file, (line) => console.error(line));
    const { user, system } = process.cpuUsage(before);
    const rows = (loaded.rows.incidents ?? 0) + (loaded.rows.log_entries ?? 0);
    const { ms, question } = await slowestAnswer(file, until);
    const { bavail, bsize } = statfsSync(process.cwd());
    const meetings = meetLimits(demand, {
      rowsPerSecond: rows / ((user + system) / 1e6),
      bytesPerRow: loaded.file / rows,
      free: bavail * bsize,
      slowest: ms,
      share,
    });
    return reportOf(meetings, demand, question);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
