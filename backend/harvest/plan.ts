import type { Zone } from '../calendar/zone.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../clock.ts';
import type { RowOf } from '../model/index.ts';
import type { TimedStream } from '../pagerduty/endpoints/index.ts';

/** A half-open span of time, [start, end), epoch milliseconds. */
export interface Span {
  start: number;
  end: number;
}

/** A span of one stream to be read, as the store keeps it. */
export type Window = RowOf<'harvest_window'> & { stream: TimedStream };

/** How often the feed asks for what is new. */
export const FEED_EVERY = 30 * SECOND;

/** How far behind PagerDuty's clock the feed stays, so that a second is over before it is read. */
export const FEED_LAG = 5 * SECOND;

/** How much of what was read the feed reads again, as entries may become visible late. */
export const FEED_OVERLAP = 15 * MINUTE;

/** How far ahead on-call time is read. */
export const ON_CALL_AHEAD = 14 * DAY;

/** How much of what was read of on-call time is read again every time, as overrides change it. */
export const ON_CALL_AGAIN = DAY;

/** The longest span of on-call time that is asked for at once. */
export const ON_CALL_STEP = 28 * DAY;

/** How far back the second look reaches at least. */
export const LOOK_BACK = {
  log_entries: 2 * DAY,
  incidents: 30 * DAY,
  on_call: 28 * DAY,
} as const satisfies Record<TimedStream, number>;

/** Entries may become visible so late. */
export const LATEST = DAY;

/** The hour of the account's day at which the second look is due. */
const LOOK_HOUR = 3;

/** How long the feed's watermark may be ahead of the clock until it is given up. */
export const AHEAD_AT_MOST = 30 * MINUTE;

const CATCH_UP = DAY;

/** Length of the first windows: every end of a list costs a page that is not full, so they are as long as PagerDuty lets them be, six months. */
export const LENGTH = 180 * DAY;

/** Rows that a piece of a window shall hold where the whole holds too many: few enough that a busy day still fits below 10,000. */
const FILL = 6000;

/** How often each chore beside feed and backfill is done. */
export const CHORES = {
  directory: HOUR,
  on_calls: HOUR,
  open_incidents: 5 * MINUTE,
  second_look: MINUTE,
  summary: MINUTE,
  retention: HOUR,
} as const satisfies Record<string, number>;

/** A regular chore. */
export type Chore = keyof typeof CHORES;

/**
 * What the feed reads next: from the overlap before the watermark to a little before now, at most a day at once. After a
 * pause it begins where entries could still have become visible, so that nothing must be read twice for it. What is
 * new is read also where the watermark turns out to be ahead of the clock.
 */
export function nextFeed(watermark: number, now: number, sureUntil: number | null = null): Span {
  const end = Math.min(seconds(now - FEED_LAG), watermark + CATCH_UP);
  const paused = now - watermark > LATEST && sureUntil !== null;
  const start = Math.min(watermark, now) - FEED_OVERLAP;
  return { start: paused ? Math.min(start, sureUntil) : start, end: Math.max(end, watermark) };
}

/** Where the feed begins anew when its watermark has long been ahead of the clock, which then was told wrong before. */
export function watermarkAgain(now: number, sureUntil: number | null): number {
  return Math.min(now - CATCH_UP, sureUntil ?? now);
}

/** How far entries are sure after `span` was read at `now`. */
export function sureAfter(sureUntil: number, span: Span, now: number): number {
  return span.start <= sureUntil ? Math.max(sureUntil, Math.min(span.end, now - LATEST)) : sureUntil;
}

/** When the second look after one at `last` is due: in the next night of the zone. */
export function nextLook(last: number, zone: Zone): number {
  const earliest = zone.toLocal(last + DAY / 2);
  const hour = Math.floor(earliest / DAY) * DAY + LOOK_HOUR * HOUR;
  return zone.fromLocal(hour >= earliest ? hour : hour + DAY);
}

/** The instant back to which the harvest reads: whole UTC days before the first start, or the instant set. */
export function harvestSince(since: { days: number } | { at: number }, firstStart: number): number {
  if ('at' in since) return Math.min(since.at, firstStart);
  return Math.floor((firstStart - since.days * DAY) / DAY) * DAY;
}

/** The windows that a stream still lacks to reach from `since` to `until`, given the oldest start it has. */
export function missingWindows(
  stream: TimedStream,
  since: number,
  until: number,
  oldest: number | null,
): Window[] {
  const windows: Window[] = [];
  for (let end = oldest ?? until; end > since; end -= LENGTH) {
    windows.push(waiting(stream, { start: Math.max(since, end - LENGTH), end }));
  }
  return windows;
}

/** The window to read next, the newest first; on equal ends the longest, as it tells most. */
export function nextWindow(
  windows: readonly Window[],
  open: (stream: TimedStream) => boolean,
): Window | null {
  const candidates = windows.filter((window) => window.state === 'waiting' && open(window.stream));
  return candidates.sort((a, b) => b.end - a.end || a.start - b.start)[0] ?? null;
}

/** Where the unbroken run of done windows that ends at `until` begins; null where the newest is not done. */
export function contiguousFrom(windows: readonly Window[], until: number): number | null {
  let from = until;
  const done = windows.filter((window) => window.state === 'done').sort((a, b) => b.end - a.end);
  for (const window of done) if (window.end >= from) from = Math.min(from, window.start);
  return from < until ? from : null;
}

/** A span in pieces of a length, oldest first; the last may be shorter. */
export function spansOf(span: Span, length: number): Span[] {
  const count = Math.max(0, Math.ceil((span.end - span.start) / length));
  return Array.from({ length: count }, (_, i) => {
    const start = span.start + i * length;
    return { start, end: Math.min(start + length, span.end) };
  });
}

/**
 * A span cut at whole seconds into pieces of one length, oldest first: two, or as many as hold `total` rows where that
 * is known; null where it is too short to cut.
 */
export function smaller(span: Span, total: number | null): Span[] | null {
  const most = Math.max(2, Math.ceil((total ?? 0) / FILL));
  const count = Math.min(most, Math.ceil((span.end - span.start) / SECOND));
  const bounds = Array.from({ length: count + 1 }, (_, i) =>
    i === count ? span.end : seconds(span.start + (i * (span.end - span.start)) / count),
  );
  bounds[0] = span.start;
  const pieces = bounds.slice(1).map((end, i) => ({ start: bounds[i] ?? span.start, end }));
  return count < 2 ? null : pieces.filter(({ start, end }) => start < end);
}

/** A window of a stream that nobody has read yet. */
export function waiting(stream: TimedStream, span: Span): Window {
  return { stream, ...span, state: 'waiting', rows: 0, reason: null, done_at: null };
}

function seconds(at: number): number {
  return Math.floor(at / SECOND) * SECOND;
}
