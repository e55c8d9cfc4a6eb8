import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chanceOf } from '../oracle/random.ts';
import type { FaultChoice } from '../simulator/http/faults/choice.ts';
import { type Backend, harvested, startBackend } from './backend.ts';
import { control, UNLIMITED } from './control.ts';
import type { Simulated } from './simulated.ts';
import { compareStores, prepareStore, type StoreComparison } from './stores.ts';

/** What is harvested in a storm, and how often it is killed meanwhile. */
export interface StormOptions {
  /** An account that stands still. */
  account: Simulated;
  /** ISO date from which it is harvested. */
  since: string;
  /** Kills while it is harvested, and afterwards while all facts are derived again. */
  kills: { harvest: number; derive: number };
  seed: number;
  folder: string;
}

/** A store that was harvested in a storm, beside one that was harvested in peace. */
export interface StormOutcome extends StoreComparison {
  /** How far the harvest was at each kill, share of its windows. */
  reached: number[];
  /** Kills while all facts were derived again. */
  derived: number;
  /** Seconds that the harvest in peace took. */
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

/** A life lasts so many milliseconds from its first answer on; the seed chooses. */
const LIFE = { harvest: [1000, 26_000], derive: [300, 8000] } as const;

const PATIENCE = 4 * 3_600_000;
const RESTS = { quietMs: 10_000, withinMs: PATIENCE };

/** Harvests an account twice, in peace, and in a storm with kills at random moments; compares the stores row for row. */
export async function weatherStorm(options: StormOptions): Promise<StormOutcome> {
  const { account, since, folder, seed, kills } = options;
  const [whole, killed] = [join(folder, 'whole.duckdb'), join(folder, 'killed.duckdb')];
  for (const file of [whole, killed]) await prepareStore(file);
  const settings = settingsIn(folder);
  const begin = (file: string, rules: keyof typeof settings = 'usual') =>
    startBackend({ account, store: `duckdb:${file}`, since, settings: settings[rules] });
  const chance = chanceOf(seed);

  const began = performance.now();
  await settle(begin(whole), since);
  const peace = (performance.now() - began) / 1000;

  await control(account, { ...UNLIMITED, seed, faults: [...STORM] });
  const reached: number[] = [];
  while (reached.length < kills.harvest) reached.push(await live(begin(killed), LIFE.harvest, chance.below));
  await settle(begin(killed), since);
  for (let count = 0; count < kills.derive; count += 1) {
    await live(begin(killed, count % 2 === 0 ? 'other' : 'usual'), LIFE.derive, chance.below);
  }
  await control(account, UNLIMITED);
  await settle(begin(killed), since);
  return { reached, derived: kills.derive, peace, ...(await compareStores(whole, killed)) };
}

/** Files of settings: the usual ones, and others under which every page must be derived again. */
function settingsIn(folder: string): { usual: string; other: string } {
  const files = { usual: join(folder, 'usual.yaml'), other: join(folder, 'other.yaml') };
  writeFileSync(files.usual, 'requestShare: 1\n');
  writeFileSync(files.other, 'requestShare: 1\npageWindow: 240\n');
  return files;
}

/** Lets a backend live a while and kills it; tells how far its harvest was. */
async function live(
  backend: Backend,
  [least, most]: readonly [number, number],
  below: (limit: number) => number,
): Promise<number> {
  await backend.url;
  await sleep(least + below(most - least));
  const { progress } = await backend.status();
  await backend.process.kill();
  return progress.done;
}

/** Waits until all is harvested and derived, and ends the backend. */
async function settle(backend: Backend, since: string): Promise<void> {
  await harvested(backend, RESTS);
  const range = { from: new Date(since).toISOString(), to: new Date(Date.parse(since) + 1000).toISOString() };
  const isWhole = async () => {
    const { frames } = await backend.ask({ queryType: 'metric', metric: 'incidents', by: [], range });
    return frames.every(({ schema }) => schema.meta.custom.complete);
  };
  for (const end = performance.now() + PATIENCE; !(await isWhole()); await sleep(1000)) {
    if (performance.now() > end) throw new Error(`Facts were not derived within ${PATIENCE / 1000} s.`);
  }
  await backend.process.stop();
}
