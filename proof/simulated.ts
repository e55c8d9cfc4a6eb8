import { startNode } from './node-process.ts';

/** A simulated PagerDuty account behind an address of its own. */
export interface Simulated {
  url: string;
  token: string;
  stop(): Promise<void>;
}

const TOKEN = 'simulated';

/** Which account; small if not told. */
export interface SimulatedOptions {
  seed: number;
  /** The instant (ISO 8601) at which it stands still; without it, it lives from now on. */
  until?: string;
  size?: string;
}

/** Starts the simulator as a process. */
export async function startSimulated({ seed, until, size = 'small' }: SimulatedOptions): Promise<Simulated> {
  const time = until === undefined ? ['--live'] : ['--until', until];
  const args = ['--seed', String(seed), '--size', size, '--port', '0', '--token', TOKEN, ...time];
  const process = startNode('simulator/main.ts', args);
  const url = await process.line((line) => /http:\/\/[^\s"]+/.exec(line)?.[0] ?? null);
  return { url, token: TOKEN, stop: () => process.stop() };
}
