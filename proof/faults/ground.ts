import { control, UNLIMITED } from '../control.ts';
import { startNode } from '../node-process.ts';
import type { Ground } from './run.ts';
import { FACTOR, startSubject } from './subject.ts';
import { isWhole, waitFor } from './telling.ts';

const DAY = 86_400_000;

/** Which account, and how many days of it are harvested; `folder` takes the stores. */
export interface GroundOptions {
  seed: number;
  until: string;
  days: number;
  folder: string;
}

/** Simulates a small account that stands still, without a rate limit, and harvests it without faults; `account.stop` ends it. */
export async function layGround({ seed, until, days, folder }: GroundOptions): Promise<Ground> {
  const process = startNode('proof/faults/simulator.ts', [String(seed), until, String(FACTOR)]);
  const url = await process.line((line) => /^http:\S+/.exec(line)?.[0] ?? null);
  const account = { url, token: 'simulated', stop: () => process.stop() };
  await control(account, UNLIMITED);
  const since = new Date(Date.parse(until) - days * DAY).toISOString();
  const subject = await startSubject({ account, since, until, folder }, 'whole');
  await waitFor('a whole store without faults', subject, async (status) => isWhole(status));
  await subject.stop();
  const skip = (ms: number) => process.tell(String(ms));
  return { account, since, until, folder, whole: subject.file, skip };
}
