import { chanceOf } from '../../oracle/random.ts';
import { control, type Settings } from '../control.ts';
import { compareStores, type StoreComparison } from '../stores.ts';
import { type Fault, mixed } from './fault.ts';
import { type Harvested, type Subject, startSubject } from './subject.ts';
import { isWhole, toldBy, waitFor } from './telling.ts';

/** An account with a store of it that was made without faults, and how the simulator is set without any. */
export interface Ground extends Harvested {
  usual: Settings;
  whole: string;
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
const [LEAST, MOST] = [8, 60];

/** Harvests under faults, sees that what they keep back is told, lets them end, and compares the store with the whole one. */
export async function harvestUnder(
  ground: Ground,
  name: string,
  some: readonly Fault[],
  seed: number,
): Promise<FaultOutcome> {
  const chance = chanceOf(seed);
  const began = performance.now();
  const drawn = some.map((fault) => ({ fault, settings: fault.settings(chance) }));
  const early = drawn.filter(({ fault }) => !fault.midway).map(({ settings }) => settings);
  await control(ground.account, { ...ground.usual, ...mixed(early) });
  const skew = some.reduce((sum, one) => sum + (one.skew ?? 0), 0);
  const subject = await startSubject(ground, name, skew);
  try {
    if (early.length < drawn.length) {
      const requests = LEAST + chance.below(MOST - LEAST);
      await waitFor(`${requests} requests`, subject, async ({ requests: { used } }) => used >= requests);
      await control(ground.account, mixed(drawn.map(({ settings }) => settings)));
    }
    const told = await hear(subject, some);
    await recover(ground, subject, some);
    const { requests } = await subject.status();
    await subject.stop();
    const seconds = (performance.now() - began) / 1000;
    return { told, refused: requests.refused, seconds, ...(await compareStores(ground.whole, subject.file)) };
  } finally {
    await subject.stop();
    await control(ground.account, ground.usual);
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

/** Lets the faults end and time pass, and waits until the store is whole. */
async function recover(ground: Ground, subject: Subject, some: readonly Fault[]): Promise<void> {
  await control(ground.account, ground.usual);
  if ((await subject.status()).state === 'stopped') await subject.restart();
  const hours = some.reduce((most, one) => Math.max(most, one.mendedAfter ?? 0), HOUR) / HOUR;
  if (some.some((one) => one.tells ?? one.mendedAfter)) subject.clock.skip((hours + 1) * HOUR);
  await waitFor('a whole store after the faults', subject, async (status) => isWhole(status));
}
