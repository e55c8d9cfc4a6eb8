import { startNode } from './node-process.ts';

/** A simulated PagerDuty account behind an address of its own. */
export interface Simulated {
  url: string;
  token: string;
  stop(): Promise<void>;
}

const TOKEN = 'simulated';

/** Starts the simulator as a process: an account that stands still at `until`, or without it one that lives from now on. */
export async function startSimulated({ seed, until }: { seed: number; until?: string }): Promise<Simulated> {
  const time = until === undefined ? ['--live'] : ['--until', until];
  const args = ['--seed', String(seed), '--size', 'small', '--port', '0', '--token', TOKEN, ...time];
  const process = startNode('simulator/main.ts', args);
  const url = await process.line((line) => /http:\/\/[^\s"]+/.exec(line)?.[0] ?? null);
  return { url, token: TOKEN, stop: () => process.stop() };
}
