import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chance, chanceOf } from '../oracle/random.ts';
import type { FaultChoice } from '../simulator/http/faults/choice.ts';
import { type Backend, harvested, startBackend } from './backend.ts';
import { control, UNLIMITED } from './control.ts';
import { isWhole } from './faults/telling.ts';
import { type SteppingAccount, type SteppingOptions, startStepping } from './stepping.ts';
import { compareStores, prepareStore, type StoreComparison } from './stores.ts';

/** How often a backend is killed: while it reads what was, each time after new things have happened, and while all facts are derived again. */
export interface Kills {
  backfill: number;
  feed: number;
  derive: number;
}

/** What is harvested in a storm. */
export interface StormOptions extends SteppingOptions {
  /** ISO date from which it is harvested. */
  since: string;
  kills: Kills;
  folder: string;
}

/** A store that was harvested in a storm, beside one that was harvested in peace. */
export interface StormOutcome extends StoreComparison {
  /** How far the backfill was at each of its kills, share of its windows. */
  reached: number[];
  /** Seconds that the harvest in peace took, without what happened later. */
  peace: number;
}

/** One request in ten fails, in every way that passes again. */
const STORM: readonly FaultChoice[] = [
  { fault: 'rate_limited', share: 0.02, resetSeconds: 1 },
  { fault: 'rate_limited', share: 0.02, silent: true },
  { fault: 'server_error', share: 0.01, status: 500 },
  { fault: 'server_error', share: 0.01, status: 503 },
  { fault: 'reset', share: 0.01 },
  { fault: 'reset', share: 0.01, at: 'body' },
  { fault: 'truncated', share: 0.02 },
];

/** From its first answer, or from where it was to come to, a backend lives on for up to so many milliseconds; the seed chooses. */
const LIVES = { backfill: 3000, feed: 6000, derive: 8000 } as const satisfies Kills;

/** Time that passes in the account before each kill of the feed: some six hours, so that a night's second look is among it, and never a full hour, at which duties change. */
const STEP = 6 * 3_600_000 + 17 * 60_000;

const PATIENCE = 4 * 3_600_000;

/** Harvests an account twice side by side, in peace, and in a storm with kills at random moments; compares the stores row for row. */
export async function weatherStorm(options: StormOptions): Promise<StormOutcome> {
  const { folder, seed, kills } = options;
  const [whole, killed] = [join(folder, 'whole.duckdb'), join(folder, 'killed.duckdb')];
  const inPeace = onAccount(options, whole, async ({ begin, settle, account }) => {
    const began = performance.now();
    await settle(begin());
    const seconds = (performance.now() - began) / 1000;
    for (let step = 0; step < kills.feed; step += 1) {
      await account.pass(STEP);
      await settle(begin());
    }
    return seconds;
  });
  const inStorm = onAccount(options, killed, async ({ begin, settle, account }) => {
    const chance = chanceOf(seed);
    await control(account, { ...UNLIMITED, seed, faults: [...STORM] });
    const shares: number[] = [];
    for (let n = 0; n < kills.backfill; n += 1)
      shares.push(
        await killedAt(begin(), (n + chance.below(1000) / 1000) / kills.backfill, LIVES.backfill, chance),
      );
    await settle(begin());
    for (let step = 0; step < kills.feed; step += 1) {
      await account.pass(STEP);
      await killedAt(begin(), 0, LIVES.feed, chance);
      await settle(begin());
    }
    for (let n = 0; n < kills.derive; n += 1)
      await killedAt(begin(n % 2 === 0 ? 'other' : 'usual'), 0, LIVES.derive, chance);
    await control(account, UNLIMITED);
    await settle(begin());
    return shares;
  });
  const [peace, reached] = await Promise.all([inPeace, inStorm]);
  return { reached, peace, ...(await compareStores(whole, killed, { lively: true })) };
}

/** One account from its beginning, and backends on it with one store. */
interface Scene {
  account: SteppingAccount;
  begin(rules?: 'usual' | 'other'): Backend;
  /** Waits until all is harvested and derived, and ends the backend. */
  settle(backend: Backend): Promise<void>;
}

async function onAccount<T>(
  options: StormOptions,
  file: string,
  play: (scene: Scene) => Promise<T>,
): Promise<T> {
  const { since, folder } = options;
  await prepareStore(file);
  const settings = settingsIn(folder);
  const account = await startStepping(options);
  try {
    await control(account, UNLIMITED);
    return await play({
      account,
      begin: (rules = 'usual') =>
        startBackend({ account, store: `duckdb:${file}`, since, settings: settings[rules] }),
      settle: async (backend) => settled(backend, await account.pass(0), since),
    });
  } finally {
    await account.stop();
  }
}

/** Files of settings: the usual ones, and others under which every page must be derived again. */
function settingsIn(folder: string): { usual: string; other: string } {
  const files = { usual: join(folder, 'usual.yaml'), other: join(folder, 'other.yaml') };
  writeFileSync(files.usual, 'requestShare: 1\n');
  writeFileSync(files.other, 'requestShare: 1\npageWindow: 240\n');
  return files;
}

/** Lets a backend live until a share of its windows is done and a while longer, and kills it; tells how far it was. */
async function killedAt(backend: Backend, share: number, most: number, chance: Chance): Promise<number> {
  await backend.url;
  while ((await backend.status()).progress.done < share) await sleep(100);
  await sleep(chance.below(most));
  const { progress } = await backend.status();
  await backend.process.kill();
  return progress.done;
}

/** Waits until all up to an instant (epoch ms) is harvested and derived, and ends the backend. */
async function settled(backend: Backend, until: number, since: string): Promise<void> {
  const end = performance.now() + PATIENCE;
  const range = { from: new Date(since).toISOString(), to: new Date(Date.parse(since) + 1000).toISOString() };
  const isDerived = async () => {
    const { frames } = await backend.ask({ queryType: 'metric', metric: 'incidents', by: [], range });
    return frames.every(({ schema }) => schema.meta.custom.complete);
  };
  while (!isWhole(await harvested(backend, { withinMs: PATIENCE }), until) || !(await isDerived())) {
    if (performance.now() > end) throw new Error(`No whole store within ${PATIENCE / 1000} s.`);
    await sleep(1000);
  }
  await backend.process.stop();
}
