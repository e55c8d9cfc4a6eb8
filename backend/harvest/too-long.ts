import type { TimedStream } from '../pagerduty/endpoints/index.ts';
import type { ListTooLong } from '../pagerduty/failure.ts';
import type { Crew } from './crew.ts';
import type { Beyond } from './fetch.ts';
import { type Ledger, windowsOf } from './ledger.ts';
import { type Span, type Window, waiting } from './plan.ts';

/** A window of one second, marked as holding more rows than anybody can read. */
export function tooLong(window: Window, { total }: ListTooLong): Window {
  const second = new Date(window.start).toISOString().replace('.000', '');
  const held = total === null ? 'more than 10,000' : total.toLocaleString('en');
  const reason = `The second ${second} holds ${held} ${window.stream}, of which PagerDuty lets 10,000 be reached, so none of them could be read; all others are.`;
  return { ...window, state: 'failed', reason };
}

/** Keeps such a second in coverage, so that the rest goes on. */
export function beyondReach({ commit, log }: Crew, stream: TimedStream): Beyond {
  return async (second, error) => {
    const window = tooLong(waiting(stream, second), error);
    log.error({ stream, code: error.code }, window.reason ?? '');
    await commit({ windows: [window] });
  };
}

/** Windows that had failed inside a span that was read now. */
export function mended(ledger: Ledger, stream: TimedStream, span: Span): Window[] {
  return windowsOf(ledger, stream)
    .filter(({ state, start, end }) => state === 'failed' && start >= span.start && end <= span.end)
    .map((window) => ({ ...window, state: 'done', reason: null }));
}
