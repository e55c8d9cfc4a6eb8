import { messageOf } from '../errors.ts';
import { TIMED, type TimedStream } from '../pagerduty/endpoints/index.ts';
import { ListTooLong, PagerDutyError } from '../pagerduty/failure.ts';
import type { Change } from './commit.ts';
import type { Crew } from './crew.ts';
import { type Fetched, fetchSpan, isTooMuch, piecesOf } from './fetch.ts';
import { fetchReferred } from './incidents.ts';
import { windowKey, windowsOf } from './ledger.ts';
import { harvestSince, missingWindows, nextWindow, ON_CALL_STEP, type Window, waiting } from './plan.ts';
import { inWords } from './progress.ts';
import { retainedFrom } from './retained.ts';
import { tooLong } from './too-long.ts';

/** The name of this task where faults are told apart. */
export const BACKFILL = 'backfill';

/** The windows that are not planned yet, so that all streams reach back as far as the configuration says. */
export function plannedWindows(crew: Crew, firstStart: number): Window[] {
  const asked = harvestSince(crew.config.since, firstStart);
  const since = Math.max(
    asked,
    crew.ledger.keptFrom ?? asked,
    retainedFrom(crew.config, firstStart) ?? asked,
  );
  return (Object.keys(TIMED) as TimedStream[]).flatMap((stream) => {
    const starts = windowsOf(crew.ledger, stream).map((window) => window.start);
    const oldest = starts.length > 0 ? starts.reduce((a, b) => Math.min(a, b)) : null;
    return missingWindows(stream, since, firstStart, oldest);
  });
}

/** Reads the newest waiting window that nobody is reading, of a stream that works; false when there is none. */
export async function readNextWindow(crew: Crew): Promise<boolean> {
  const { ledger, faults, clock, pace, underWay } = crew;
  const onCallUnderWay = [...underWay.values()].some(({ stream }) => stream === 'on_call');
  const works = (stream: TimedStream) =>
    !faults.waits(BACKFILL, stream, clock.now()) && !(stream === 'on_call' && onCallUnderWay);
  const free = [...ledger.windows].filter(([key]) => !underWay.has(key)).map(([, window]) => window);
  const window = nextWindow(free, works);
  if (!window) return false;
  pace.begin(window);
  underWay.set(windowKey(window), window);
  try {
    await (window.stream === 'on_call'
      ? crew.onCallTurn(() => readWindow(crew, window))
      : readWindow(crew, window));
    if (faults.clear(BACKFILL, window.stream)) await crew.commit({});
  } catch (error) {
    throw new WindowError(window, error);
  } finally {
    underWay.delete(windowKey(window));
    crew.inDoubt.delete(windowKey(window));
  }
  return true;
}

/** A failure to read a window, with the window. */
export class WindowError extends Error {
  readonly window: Window;

  constructor(window: Window, cause: unknown) {
    super(messageOf(cause), { cause });
    this.window = window;
  }
}

async function readWindow(crew: Crew, window: Window): Promise<void> {
  try {
    const fetched = await fetchSpan(crew.source, window.stream, window);
    await keepWindow(crew, window, fetched);
  } catch (error) {
    const change =
      isTooMuch(error) || isTooWide(window, error) ? split(window, error) : refusedFor(window, error);
    if (!change) throw error;
    crew.log.info({ window: inWords(window) }, messageOf(error));
    await crew.commit(change);
  }
}

async function keepWindow(crew: Crew, window: Window, fetched: Fetched): Promise<void> {
  const { source, store, commit, pace, log } = crew;
  const { reading, received } = fetched;
  const refused = await fetchReferred(source, store, reading, ['incident', 'unreadable_incident']);
  const done: Window = {
    ...window,
    state: crew.inDoubt.has(windowKey(window)) ? 'waiting' : 'done',
    rows: received,
    reason: null,
    done_at: source.client.serverNow(),
  };
  await commit({ reading, refused, windows: [done] });
  pace.rows(received);
  pace.windowDone(done, crew.ledger);
  const { done: share, rowsPerSecond, secondsLeft } = pace.progress(crew.ledger);
  log.info(
    { window: inWords(window), rows: received, done: share, rowsPerSecond, secondsLeft },
    'window done',
  );
}

/** The pieces of a window that is too much; null where it is a second already and only slow, so that trying later may do. */
function split(window: Window, error: unknown): Change | null {
  const pieces = piecesOf(window, error);
  if (!pieces) return error instanceof ListTooLong ? { windows: [tooLong(window, error)] } : null;
  return {
    windows: [{ ...window, state: 'split' }, ...pieces.map((piece) => waiting(window.stream, piece))],
  };
}

/** PagerDuty may call a long span of on-call time a wrong question, as it does not tell how long one may be. */
function isTooWide({ stream, start, end }: Window, error: unknown): boolean {
  const wrong = error instanceof PagerDutyError && error.kind === 'request';
  return wrong && stream === 'on_call' && end - start > ON_CALL_STEP;
}

/** A window that PagerDuty calls a wrong question would be one again: it is marked, and asked with the next second look. */
function refusedFor(window: Window, error: unknown): Change | null {
  const wrong = error instanceof PagerDutyError && error.kind === 'request';
  return wrong ? { windows: [{ ...window, state: 'failed', reason: messageOf(error) }] } : null;
}
