import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Window } from '../backend/harvest/plan.ts';
import { inWords } from '../backend/harvest/progress.ts';
import { sql } from '../backend/sql/statement.ts';
import { openStore } from '../backend/store/open.ts';
import type { Row } from '../backend/store/store.ts';
import { type Chance, chanceOf } from '../oracle/random.ts';
import { type Backend, harvested, startBackend } from './backend.ts';
import { runTo, WAIT_FOR_DEBUGGER } from './inspector.ts';
import { MOMENTS, type Moment, type MomentName } from './moments.ts';
import type { Simulated } from './simulated.ts';
import { compareStores, prepareStore, type StoreComparison } from './stores.ts';

/** What is harvested, how often it is killed, and where files may be kept meanwhile. */
export interface KillsOptions {
  /** An account that stands still. */
  account: Simulated;
  /** ISO date from which it is harvested. */
  since: string;
  kills: number;
  seed: number;
  folder: string;
}

/** One kill: the moment, and what was seen of the process there and of its store after. */
export interface Kill {
  moment: MomentName;
  found: string;
  /** Windows done in the store that the kill left. */
  done: number;
}

/** All kills, and the store that came out beside one that was never killed. */
export interface KillsOutcome extends StoreComparison {
  kills: Kill[];
}

const PATIENCE = 120_000;

/** Harvests an account twice, once with kills, and compares the stores row for row. Throws where a moment is not met or a done window is lost. */
export async function proveKills(options: KillsOptions): Promise<KillsOutcome> {
  const { account, since, folder, seed } = options;
  const [whole, killed] = [join(folder, 'whole.duckdb'), join(folder, 'killed.duckdb')];
  for (const file of [whole, killed]) await prepareStore(file);
  const begin = (file: string, flags: string[] = []) =>
    startBackend({ account, store: `duckdb:${file}`, since, flags });
  await finish(begin(whole));

  const chance = chanceOf(seed);
  const names = Object.keys(MOMENTS) as MomentName[];
  const acknowledged = new Set<string>();
  const kills: Kill[] = [];
  for (let i = 0; i < options.kills; i += 1) {
    const moment = names[i % names.length] ?? 'transaction';
    const backend = begin(killed, WAIT_FOR_DEBUGGER);
    const found = await killAt(backend, MOMENTS[moment], chance);
    for (const window of windowsLogged(backend)) acknowledged.add(window);
    kills.push({ moment, found, done: await keptWindows(killed, acknowledged) });
  }
  await finish(begin(killed));
  return { kills, ...(await compareStores(whole, killed)) };
}

async function finish(backend: Backend): Promise<void> {
  await harvested(backend);
  await backend.process.stop();
}

async function killAt({ process }: Backend, moment: Moment, chance: Chance): Promise<string> {
  const [least, most] = moment.hits;
  const hits = least + chance.below(most - least + 1);
  const stopped = await runTo(process, { ...moment.place, hits }, AbortSignal.timeout(PATIENCE));
  if (!stopped) throw new Error(`No harvest could be killed ${moment.words}: it never got there.`);
  if (moment.runsOn > 0) {
    await stopped.resume();
    await sleep(chance.below(moment.runsOn));
  }
  await process.kill();
  return stopped.found;
}

/** The windows that a backend's log called done. */
function windowsLogged({ process }: Backend): string[] {
  return process.lines.flatMap((line) => /"window":"([^"]+)".*"msg":"window done"/.exec(line)?.[1] ?? []);
}

/** Reads a copy of the store that a kill left, so that only the next start mends it; no window that was called done may be missing. */
async function keptWindows(file: string, acknowledged: ReadonlySet<string>): Promise<number> {
  const copy = `${file}.copy`;
  for (const end of ['', '.wal']) {
    rmSync(copy + end, { force: true });
    if (existsSync(file + end)) copyFileSync(file + end, copy + end);
  }
  const store = await openStore(`duckdb:${copy}`);
  const windows = await store.read<Window & Row>(sql`SELECT * FROM "harvest_window" WHERE "state" = 'done'`);
  await store.close();
  const done = new Set(windows.map(inWords));
  const lost = [...acknowledged].filter((window) => !done.has(window));
  if (lost.length > 0) throw new Error(`Windows that were done are lost: ${lost.join(', ')}.`);
  return done.size;
}
