import { MINUTE } from '../clock.ts';

/** PagerDuty's clock as its answers tell it. */
export interface ServerClock {
  /** Takes note of the Date header of an answer that has just come, epoch milliseconds. */
  hear(date: number): void;
  /** The instant now by that clock, and rather too early than too late; our own clock's before the first answer. */
  now(): number;
}

/** A clock that is told later by no more than this is believed at once: the feed reads more than that again. */
const BELIEVED = 10 * MINUTE;

/** A clock that is told later by more than that is believed once all answers have told it for so long. */
const PROVEN = 30 * MINUTE;

/** Makes PagerDuty's clock from our own, which never goes back. */
export function createServerClock(own: () => number): ServerClock {
  let trusted: number | null = null;
  let heard = 0;
  let doubtedSince: number | null = null;
  return {
    hear(date) {
      heard = date - own();
      trusted ??= heard;
      doubtedSince = Math.abs(heard - trusted) > BELIEVED ? (doubtedSince ?? own()) : null;
      if (doubtedSince !== null && own() - doubtedSince < PROVEN) return;
      trusted = heard;
      doubtedSince = null;
    },
    now: () => own() + (trusted === null ? 0 : Math.min(trusted, heard)),
  };
}
