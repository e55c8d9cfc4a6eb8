import { chanceOf } from '../../oracle/random.ts';
import { control, UNLIMITED } from '../control.ts';
import { compareStores, type StoreComparison } from '../stores.ts';
import type { Fault } from './fault.ts';
import { type Harvested, type Subject, startSubject } from './subject.ts';
import { isWhole, toldBy, waitFor } from './telling.ts';

/** An account with a store of it that was made without faults. */
export interface Ground extends Harvested {
  /** Path of the store. */
  whole: string;
  /** Lets time pass for the account, milliseconds. */
  skip(ms: number): void;
}

/** What came of a harvest with faults. */
export interface FaultOutcome extends StoreComparison {
  /** What coverage and notices told while the faults lasted; null where the store became whole all the same. */
  told: string | null;
  /** Requests that were refused. */
  refused: number;
  seconds: number;
}

const HOUR = 3_600_000;

/** Harvests under faults, sees that what they keep back is told, lets them end, and compares the store with the whole one. */
export async function harvestUnder(
  ground: Ground,
  name: string,
  some: readonly Fault[],
  seed: number,
): Promise<FaultOutcome> {
  const chance = chanceOf(seed);
  const began = performance.now();
  const choices = some.flatMap((fault) => fault.choose?.(chance) ?? []);
  await control(ground.account, { ...UNLIMITED, seed, faults: choices });
  const skew = some.reduce((sum, one) => sum + (one.skew ?? 0), 0);
  const subject = await startSubject(ground, name, skew);
  try {
    const told = await hear(subject, some);
    await recover(ground, subject, some);
    const { requests } = await subject.status();
    await subject.stop();
    const seconds = (performance.now() - began) / 1000;
    return { told, refused: requests.refused, seconds, ...(await compareStores(ground.whole, subject.file)) };
  } finally {
    await subject.stop();
    await control(ground.account, UNLIMITED);
  }
}

/** Waits until the store is whole, or until coverage and notices tell why it cannot be. */
async function hear(subject: Subject, some: readonly Fault[]): Promise<string | null> {
  const patterns = some.flatMap(({ tells }) => tells ?? []);
  if (patterns.length === 0) {
    await waitFor('a whole store under the faults', subject, async (status) => isWhole(status));
    return null;
  }
  return waitFor('a telling of the faults', subject, async (status) =>
    toldBy(status, await subject.notices(), patterns),
  );
}

/** Lets time pass where only time mends, lets the faults end, and waits until the store is whole. */
async function recover(ground: Ground, subject: Subject, some: readonly Fault[]): Promise<void> {
  const mended = some.reduce((most, one) => Math.max(most, one.mendedAfter ?? 0), 0);
  if (mended > 0) {
    ground.skip(mended);
    await subject.passTime(mended);
  }
  if (!some.some(({ tells }) => tells)) return;
  await control(ground.account, UNLIMITED);
  if ((await subject.status()).state === 'stopped') await subject.restart();
  await subject.passTime(2 * HOUR);
  await waitFor('a whole store after the faults', subject, async (status) => isWhole(status));
}
