import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { filesOf, type Plans, readPlans } from './files.ts';

/** A function that tells what a folder of budget files says now: it reads again, and logs faults, only when a file was added, changed or removed. */
export function watchPlans(folder: string, log: Log): () => Plans {
  let seen: string | undefined;
  let plans: Plans = { budgets: [], slos: [], faults: [] };
  return () => {
    const state = stateOf(folder);
    if (state === seen) return plans;
    seen = state;
    plans = readPlans(folder);
    for (const { file, message } of plans.faults) log.warn({ file }, message);
    return plans;
  };
}

function stateOf(folder: string): string {
  return filesOf(folder, [])
    .map((file) => {
      const found = statSync(join(folder, file), { throwIfNoEntry: false });
      return `${file} ${found?.mtimeMs} ${found?.size}`;
    })
    .join('\n');
}
