import { chanceOf } from '../../oracle/random.ts';
import { control, UNLIMITED } from '../control.ts';
import { compareStores, type StoreComparison } from '../stores.ts';
import { startStillAccount } from './account.ts';
import type { Fault } from './fault.ts';
import type { Ground } from './ground.ts';
import { type Harvested, type Subject, startSubject } from './subject.ts';
import { isWhole, remarkedBy, toldBy, waitFor } from './telling.ts';

/** What came of a harvest with faults. */
export interface FaultOutcome extends StoreComparison {
  /** What coverage and notices told while the faults lasted; null where the store became whole all the same. */
  told: string | null;
  /** Requests that were refused. */
  refused: number;
  seconds: number;
}

const HOUR = 3_600_000;

/** Time that is let pass after the faults, so that a night's second look is among it: runs begin at noon. */
const AFTERWARDS = 16 * HOUR;

/** Time that may pass of it until the faults are told. */
const UNTIL_TOLD = 6 * HOUR;

/** Time that the backend's machine is let pass at once while it is waited for what is done by the hour. */
const HURRY = 600_000;

/** How long an hour is waited for until the next is let pass, milliseconds. */
const HOUR_TAKES = 1000;

/** Harvests under faults, sees that what they keep back is told, lets them end, and compares the store with the whole one. */
export async function harvestUnder(
  ground: Ground,
  name: string,
  some: readonly Fault[],
  seed: number,
): Promise<FaultOutcome> {
  const later = some.some(({ tells, mendedAtNight }) => tells || mendedAtNight);
  const whole = await ground.whole(later);
  const began = performance.now();
  const chance = chanceOf(seed);
  const faults = some.flatMap((fault) => fault.choose?.(chance) ?? []);
  const account = await startStillAccount(ground, { seed, faults });
  const skew = some.reduce((sum, one) => sum + (one.skew ?? 0), 0);
  const harvested = { ...ground, account };
  const subject = await startSubject(harvested, name, skew);
  try {
    const told = await hear(harvested, subject, some);
    if (later) await recover(harvested, subject);
    const { requests } = await subject.status();
    await subject.stop();
    const seconds = (performance.now() - began) / 1000;
    return { told, refused: requests.refused, seconds, ...(await compareStores(whole, subject.file)) };
  } finally {
    await subject.stop();
    await account.stop();
  }
}

/** Harvests without faults, as of `until` or after the time that is let pass after faults; gives back the store's path. */
export async function harvestWhole(harvested: Harvested, later: boolean): Promise<string> {
  const subject = await startSubject(harvested, later ? 'whole-later' : 'whole');
  try {
    await waitUntilWhole('a whole store without faults', harvested, subject);
    if (later) await recover(harvested, subject);
    return subject.file;
  } finally {
    await subject.stop();
  }
}

/** Waits until the store is whole, or until coverage and notices tell why it cannot be. */
async function hear(harvested: Harvested, subject: Subject, some: readonly Fault[]): Promise<string | null> {
  const patterns = some.flatMap(({ tells }) => tells ?? []);
  if (patterns.length === 0) {
    await waitUntilWhole('a whole store under the faults', harvested, subject);
    return hearRemarks(subject, some);
  }
  let next = performance.now() + HOUR_TAKES;
  return waitFor('a telling of the faults', subject, async (status) => {
    if (performance.now() > next && subject.passed() < UNTIL_TOLD) {
      await subject.pass(HOUR);
      next = performance.now() + HOUR_TAKES;
    }
    return toldBy(status, await subject.notices(), patterns);
  });
}

/** What coverage and notices remark of a store that is as whole as can be; null where nothing is to be remarked. */
async function hearRemarks(subject: Subject, some: readonly Fault[]): Promise<string | null> {
  const patterns = some.flatMap(({ remarks }) => remarks ?? []);
  if (patterns.length === 0) return null;
  return waitFor('a remark on the faults', subject, async ({ remarks }) => {
    return remarkedBy(remarks, await subject.notices(), patterns);
  });
}

/** Lets the faults end and time pass, and waits until the store is whole. */
async function recover(harvested: Harvested, subject: Subject): Promise<void> {
  await control(harvested.account, UNLIMITED);
  if ((await subject.status()).state === 'stopped') await subject.restart();
  await subject.pass(AFTERWARDS - subject.passed());
  await waitUntilWhole('a whole store after the faults', harvested, subject);
}

function waitUntilWhole(what: string, { until }: Harvested, subject: Subject): Promise<boolean> {
  let next = performance.now() + HOUR_TAKES;
  return waitFor(what, subject, async (status) => {
    if (performance.now() > next && status.state === 'ready') {
      subject.hurry(HURRY);
      next = performance.now() + HOUR_TAKES;
    }
    const looked = subject.passed() === 0 || subject.hasLogged('second look done');
    return looked && isWhole(status, Date.parse(until) + subject.passed());
  });
}
