import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../backend/contract.ts';
import { ON_CALL_AHEAD } from '../../backend/harvest/plan.ts';
import { DIRECTORY } from '../../backend/pagerduty/endpoints/index.ts';
import type { Subject } from './subject.ts';

const EVERY = 150;
const DAY = 86_400_000;
const PATIENCE = 600_000;

/** How far behind the account a feed may stay that asks for whole seconds that are over. */
const LAG = 60_000;

/** True once all that there is up to an instant (epoch ms) has been read, the directory as of then, and on-call time as far ahead as is told of it. */
export function isWhole({ state, complete, harvestedUntil, streams }: Status, until: number): boolean {
  const ahead = streams.find(({ stream }) => stream === 'on_call')?.to;
  const listed = streams.filter((one) => one.stream in DIRECTORY && one.state === 'complete');
  const broken = streams.some((stream) => stream.state !== 'complete' && stream.state !== 'disabled');
  return (
    state === 'ready' &&
    complete &&
    !broken &&
    Date.parse(harvestedUntil ?? '') >= until - LAG &&
    listed.every(({ to }) => Date.parse(to ?? '') >= until - LAG) &&
    Date.parse(ahead ?? '') >= Math.floor((until + ON_CALL_AHEAD - LAG) / DAY) * DAY
  );
}

/**
 * What coverage and the notices of answers say, where they match each pattern and the backend does not call itself
 * complete; null otherwise. A harvest that stopped tells the one reason why it did.
 */
export function toldBy(
  { state, complete, streams }: Status,
  notices: readonly string[],
  patterns: readonly RegExp[],
): string | null {
  const reasons = streams
    .filter((one) => one.state === 'error' || one.state === 'disabled')
    .map((one) => `${one.stream} ${one.state}: ${one.reason}`);
  const heard = heardIn([reasons, notices], patterns);
  const enough = state === 'stopped' ? 1 : patterns.length;
  return !complete && heard.length >= enough ? heard.join(' | ') : null;
}

/** What the remarks of coverage and the notices of answers both say, where they match each pattern; null otherwise. */
export function remarkedBy(
  remarks: readonly string[],
  notices: readonly string[],
  patterns: readonly RegExp[],
): string | null {
  const heard = heardIn([remarks, notices], patterns);
  return heard.length === patterns.length ? heard.join(' | ') : null;
}

/** For each pattern that a text of every source matches, those texts. */
function heardIn(sources: readonly (readonly string[])[], patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => {
    const texts = sources.flatMap((source) => source.find((text) => pattern.test(text)) ?? []);
    return texts.length === sources.length ? [texts.join(' | ')] : [];
  });
}

/** Asks a backend's status again and again until something comes of it; throws where nothing does. */
export async function waitFor<T>(
  what: string,
  subject: Subject,
  look: (status: Status) => Promise<T>,
): Promise<NonNullable<T>> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const status = await subject.status();
    const found = await look(status);
    if (found) return found;
    if (performance.now() > end) {
      const streams = status.streams.filter(({ state }) => state !== 'complete');
      throw new Error(
        `There was no ${what} within ${PATIENCE / 1000} s: ${status.state}, ${status.reason}, ${JSON.stringify(streams)}`,
      );
    }
    await sleep(EVERY);
  }
}
