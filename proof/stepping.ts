import { startNode } from './node-process.ts';
import type { Simulated } from './simulated.ts';

/** A simulated account that lives, but only while time is let pass. */
export interface SteppingAccount extends Simulated {
  /** Lets so many milliseconds pass at once; gives back the account's time, epoch ms. */
  pass(ms: number): Promise<number>;
}

/** Which account, and where its time begins to stand, ISO 8601. */
export interface SteppingOptions {
  seed: number;
  size: string;
  until: string;
}

/** Starts the simulator as a process whose account's time stands still but when it is told to go on. */
export async function startStepping({ seed, size, until }: SteppingOptions): Promise<SteppingAccount> {
  const process = startNode('proof/stepping-simulator.ts', [String(seed), size, until]);
  const url = await process.line((line) => /^http:\S+/.exec(line)?.[0] ?? null);
  let passed = 0;
  return {
    ...{ url, token: 'simulated', stop: () => process.stop() },
    async pass(ms) {
      passed += ms;
      const time = Date.parse(until) + passed;
      process.tell(String(ms));
      await process.line((line) => (line === new Date(time).toISOString() ? line : null));
      return time;
    },
  };
}
