import { type Clock, MINUTE, SECOND } from '../clock.ts';
import type { Status } from '../contract.ts';
import { type Ledger, windowKey } from './ledger.ts';
import type { Window } from './plan.ts';

/** Counts rows and windows of this run, for rate and time left. */
export interface Pace {
  /** Tells that a window is being read. */
  begin(window: Window): void;
  /** Tells that rows were committed. */
  rows(count: number): void;
  /** Tells that a window of the backfill is done; after the last that waits, time left is reckoned anew. */
  windowDone(window: Window, ledger: Ledger): void;
  progress(ledger: Ledger): Status['progress'];
}

/** Makes the counter of a run that begins now. */
export function createPace(clock: Clock): Pace {
  const startedAt = clock.now();
  let recent: { at: number; count: number }[] = [];
  let current: Window | null = null;
  let spansBegunAt: number | null = null;
  let spanDone = 0;

  const rate = () => {
    const now = clock.now();
    recent = recent.filter((item) => item.at > now - MINUTE);
    const seconds = Math.min(MINUTE, Math.max(SECOND, now - startedAt)) / SECOND;
    const rows = recent.reduce((sum, item) => sum + item.count, 0);
    return rows === 0 ? null : rows / seconds;
  };

  return {
    begin: (window) => {
      current = window;
      spansBegunAt ??= clock.now();
    },
    rows: (count) => recent.push({ at: clock.now(), count }),
    windowDone(window, ledger) {
      const isLast = [...ledger.windows.values()].every(({ state }) => state !== 'waiting');
      if (isLast) spansBegunAt = null;
      spanDone = isLast ? 0 : spanDone + window.end - window.start;
      if (current && windowKey(current) === windowKey(window)) current = null;
    },
    progress(ledger) {
      const windows = [...ledger.windows.values()].filter((window) => window.state !== 'split');
      const done = windows.filter((window) => window.state === 'done').length;
      const left = spanOf(windows.filter((window) => window.state === 'waiting'));
      const elapsed = (clock.now() - (spansBegunAt ?? clock.now())) / SECOND;
      return {
        done: windows.length === 0 ? 0 : done / windows.length,
        window: current && left > 0 ? inWords(current) : null,
        rows: [...ledger.coverage.values()].reduce((sum, row) => sum + row.rows, 0),
        rowsPerSecond: rate(),
        secondsLeft: left === 0 ? 0 : spanDone === 0 ? null : Math.round((elapsed * left) / spanDone),
      };
    },
  };
}

/** A window in words, as logs and status show it. */
export function inWords(window: Window): string {
  const [from, to] = [window.start, window.end].map((at) => new Date(at).toISOString().slice(0, 16));
  return `${window.stream} ${from}Z to ${to}Z`;
}

function spanOf(windows: readonly Window[]): number {
  return windows.reduce((sum, window) => sum + window.end - window.start, 0);
}
