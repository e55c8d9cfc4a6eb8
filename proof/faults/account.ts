import type { Changes } from '../../simulator/http/settings.ts';
import { control, UNLIMITED } from '../control.ts';
import { startNode } from '../node-process.ts';
import type { Simulated } from '../simulated.ts';

/** How much faster than the wall the clocks run by which requests are counted and a backend lives. */
export const FACTOR = 50;

/** A simulated account in which nothing happens any more; its clock stands still until time is let pass. */
export interface StillAccount extends Simulated {
  /** Lets so many milliseconds pass. */
  pass(ms: number): void;
}

/** Simulates a small account as of an instant (ISO date), without a rate limit and with `changes`, as a process of its own. */
export async function startStillAccount(
  { seed, until }: { seed: number; until: string },
  changes: Changes = {},
): Promise<StillAccount> {
  const process = startNode('proof/faults/simulator.ts', [String(seed), until, String(FACTOR)]);
  const url = await process.line((line) => /^http:\S+/.exec(line)?.[0] ?? null);
  const account = { url, token: 'simulated', stop: () => process.stop() };
  await control(account, { ...UNLIMITED, ...changes });
  return { ...account, pass: (ms) => process.tell(String(ms)) };
}
