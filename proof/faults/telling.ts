import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../backend/contract.ts';
import type { Subject } from './subject.ts';

const EVERY = 50;
const PATIENCE = 120_000;

/** True once all that there is has been read, on-call time ahead included. */
export function isWhole({ state, complete, harvestedUntil, streams }: Status): boolean {
  const ahead = streams.find(({ stream }) => stream === 'on_call')?.to;
  return state === 'ready' && complete && harvestedUntil !== null && ahead != null && ahead > harvestedUntil;
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
  const heard = patterns.flatMap((pattern) => {
    const [reason, notice] = [reasons, notices].map((texts) => texts.find((text) => pattern.test(text)));
    return reason && notice ? [`${reason} | ${notice}`] : [];
  });
  const enough = state === 'stopped' ? 1 : patterns.length;
  return !complete && heard.length >= enough ? heard.join(' | ') : null;
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
