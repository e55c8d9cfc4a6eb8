import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { checkSimulated } from './account-check.ts';
import { ACCOUNTS } from './accounts.ts';
import { startBackend } from './backend.ts';
import { measureFirstStart } from './first-start.ts';
import { measureFreshness } from './freshness.ts';
import { type Kill, proveKills } from './kills.ts';
import { MOMENTS, type MomentName } from './moments.ts';
import { startSimulated } from './simulated.ts';

/** What came of a proof: whether it holds, and the figures in words. */
export interface Verdict {
  holds: boolean;
  lines: string[];
}

/** A proof by its title; `folder` takes its files. */
export interface Proof {
  title: string;
  run(folder: string): Promise<Verdict>;
}

const KILLS = 20;
const EVENTS = 20;
const FRESH_WITHIN = 90;
const FIRST_WITHIN = 60;
const PATIENCE = 300_000;
const SHOWN = 5;

const [first] = ACCOUNTS;

/** All proofs that take too long for the tests of every change. */
export const PROOFS: Proof[] = [
  { title: `Every number of ${ACCOUNTS.length} accounts is the oracle's`, run: numbers },
  { title: `${KILLS} kills leave the store as one without kills`, run: kills },
  {
    title: `The last 28 days answer within ${FIRST_WITHIN} s of the first start, events within ${FRESH_WITHIN} s`,
    run: live,
  },
];

async function numbers(folder: string): Promise<Verdict> {
  const verdict: Verdict = { holds: true, lines: [] };
  for (const account of ACCOUNTS) {
    const { questions, numbers, mismatches } = await checkSimulated(
      account,
      mkdtempSync(join(folder, 'numbers-')),
    );
    verdict.holds &&= mismatches.length === 0 && numbers > 0;
    verdict.lines.push(
      `seed ${account.seed}, until ${account.until}: ${questions} questions, ${numbers} numbers, ${mismatches.length} mismatches`,
      ...mismatches.slice(0, SHOWN).map((mismatch) => `  ${JSON.stringify(mismatch)}`),
    );
  }
  return verdict;
}

async function kills(folder: string): Promise<Verdict> {
  const account = await startSimulated(first);
  try {
    const since = new Date(Date.parse(first.until) - 90 * 86_400_000).toISOString();
    const { kills, rows, differences } = await proveKills({
      account,
      since,
      kills: KILLS,
      seed: first.seed,
      folder,
    });
    const tables = Object.entries(rows).map(([table, count]) => `${count} ${table}`);
    return {
      holds: differences.length === 0 && kills.length === KILLS,
      lines: [
        `seed ${first.seed}, until ${first.until}: ${differences.length} rows differ of ${tables.join(', ')}`,
        ...(Object.keys(MOMENTS) as MomentName[]).map((moment) => inWords(moment, kills)),
        ...differences.slice(0, SHOWN).map((difference) => `  ${difference}`),
      ],
    };
  } finally {
    await account.stop();
  }
}

function inWords(moment: MomentName, kills: readonly Kill[]): string {
  const here = kills.filter((kill) => kill.moment === moment);
  return `${here.length} times ${MOMENTS[moment].words}, such as: ${here.at(-1)?.found ?? 'never'}`;
}

async function live(folder: string): Promise<Verdict> {
  const account = await startSimulated({ seed: first.seed });
  const begin = performance.now();
  const backend = startBackend({ account, file: join(folder, 'live.duckdb'), since: '' });
  try {
    const { seconds, incidents } = await measureFirstStart(backend, begin, PATIENCE);
    const seen = await measureFreshness(account, backend, EVENTS, PATIENCE);
    const ages = seen.map((event) => event.seconds).sort((a, b) => a - b);
    const age = (share: number) => ages[Math.floor(share * (ages.length - 1))] ?? Number.NaN;
    const kinds = [...Map.groupBy(seen, ({ kind }) => kind)].map(
      ([kind, events]) => `${kind} ${events.length}`,
    );
    return {
      holds: seconds <= FIRST_WITHIN && ages.length >= EVENTS && age(1) <= FRESH_WITHIN,
      lines: [
        `seed ${first.seed}, live: the last 28 days (${incidents} incidents) answered ${seconds.toFixed(1)} s after the first start`,
        `${ages.length} events (${kinds.join(', ')}) were in an answer after ${age(0).toFixed(1)} s at least, ${age(0.5).toFixed(1)} s in the median, ${age(1).toFixed(1)} s at most`,
      ],
    };
  } finally {
    await backend.process.stop();
    await account.stop();
  }
}
