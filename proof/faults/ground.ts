import { control, UNLIMITED } from '../control.ts';
import { startNode } from '../node-process.ts';
import type { Simulated } from '../simulated.ts';
import { FACTOR, type Harvested, startSubject } from './subject.ts';
import { isWhole, waitFor } from './telling.ts';

const DAY = 86_400_000;

/** Which account, and how many days of it are harvested; `folder` takes the stores. */
export interface GroundOptions {
  seed: number;
  until: string;
  days: number;
  folder: string;
}

/** A small simulated account without a rate limit, in which time passes only where it is let pass. */
export interface StillAccount extends Simulated {
  /** Lets time pass at once, milliseconds. */
  pass(ms: number): void;
}

/** An account with a store of it that was made without faults. */
export interface Ground extends Harvested {
  account: StillAccount;
  /** Path of the store. */
  whole: string;
  /** The same account anew, for a run in which time passes; `stop` of its account ends it. */
  anew(): Promise<Harvested & { account: StillAccount }>;
  /** Path of a store that was made without faults so many milliseconds later; made once for each. */
  wholeAfter(ms: number): Promise<string>;
}

/** Simulates a small account and harvests it without faults; `account.stop` ends it. */
export async function layGround({ seed, until, days, folder }: GroundOptions): Promise<Ground> {
  const since = new Date(Date.parse(until) - days * DAY).toISOString();
  const anew = async () => ({ account: await startStill(seed, until), since, until, folder });
  const later = new Map<number, Promise<string>>();
  const wholeAfter = async (ms: number) => {
    const harvested = await anew();
    try {
      harvested.account.pass(ms);
      const at = new Date(Date.parse(until) + ms).toISOString();
      return await harvestWhole({ ...harvested, until: at }, `whole-${ms}`);
    } finally {
      await harvested.account.stop();
    }
  };
  const first = await anew();
  return {
    ...first,
    whole: await harvestWhole(first, 'whole'),
    anew,
    wholeAfter(ms) {
      const known = later.get(ms) ?? wholeAfter(ms);
      later.set(ms, known);
      return known;
    },
  };
}

async function startStill(seed: number, until: string): Promise<StillAccount> {
  const process = startNode('proof/faults/simulator.ts', [String(seed), until, String(FACTOR)]);
  const url = await process.line((line) => /^http:\S+/.exec(line)?.[0] ?? null);
  const stop = () => process.stop();
  const account = { url, token: 'simulated', stop, pass: (ms: number) => process.tell(String(ms)) };
  await control(account, UNLIMITED);
  return account;
}

async function harvestWhole(of: Harvested, name: string): Promise<string> {
  const subject = await startSubject(of, name);
  await waitFor('a whole store without faults', subject, async (status) => isWhole(status));
  await subject.stop();
  return subject.file;
}
