import { chanceOf } from '../../oracle/random.ts';
import { control, UNLIMITED } from '../control.ts';
import { compareStores, type StoreComparison } from '../stores.ts';
import type { Fault } from './fault.ts';
import type { Ground } from './ground.ts';
import { type Subject, startSubject } from './subject.ts';
import { isWhole, toldBy, waitFor } from './telling.ts';

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
  const began = performance.now();
  const mended = some.reduce((most, one) => Math.max(most, one.mendedAfter ?? 0), 0);
  const place = mended > 0 ? await ground.anew() : ground;
  const chance = chanceOf(seed);
  const choices = some.flatMap((fault) => fault.choose?.(chance) ?? []);
  const lasting = () => control(place.account, { ...UNLIMITED, seed, faults: choices });
  await lasting();
  const skew = some.reduce((sum, one) => sum + (one.skew ?? 0), 0);
  const subject = await startSubject(place, name, skew);
  try {
    const told = await hear(subject, some);
    if (told !== null) await recover(place, subject);
    if (mended > 0) await letMend(place, subject, mended, lasting);
    const { requests } = await subject.status();
    await subject.stop();
    const whole = mended > 0 ? await ground.wholeAfter(2 * mended) : ground.whole;
    const seconds = (performance.now() - began) / 1000;
    return { told, refused: requests.refused, seconds, ...(await compareStores(whole, subject.file)) };
  } finally {
    await subject.stop();
    await (place === ground ? control(ground.account, UNLIMITED) : place.account.stop());
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

/** Lets the faults end, and waits until the store is whole. */
async function recover({ account }: Place, subject: Subject): Promise<void> {
  await control(account, UNLIMITED);
  if ((await subject.status()).state === 'stopped') await subject.restart();
  await subject.passTime(2 * HOUR);
  await waitFor('a whole store after the faults', subject, async (status) => isWhole(status));
}

type Place = Awaited<ReturnType<Ground['anew']>>;

/** Where only time mends: lets it pass twice, under the faults and after them, for the account as for the backend. */
async function letMend(
  { account, until }: Place,
  subject: Subject,
  ms: number,
  lasting: () => Promise<void>,
): Promise<void> {
  await lasting();
  const start = Date.parse(until);
  for (const passed of [ms / 2, ms, ms * 1.5, ms * 2]) {
    account.pass(ms / 2);
    subject.clock.skip(ms / 2);
    await waitFor(
      'a feed that follows',
      subject,
      async ({ harvestedUntil }) =>
        harvestedUntil !== null && Date.parse(harvestedUntil) >= start + passed - HOUR / 2,
    );
    if (passed === ms) await control(account, UNLIMITED);
  }
  await subject.untilLookedAgain(start + ms);
  await waitFor('a whole store after some time', subject, async (status) => isWhole(status));
}
