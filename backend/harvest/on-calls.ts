import { DAY } from '../clock.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import type { Crew } from './crew.ts';
import { fetchSpan, inSteps } from './fetch.ts';
import { beginOf } from './ledger.ts';
import { ON_CALL_AGAIN, ON_CALL_AHEAD, ON_CALL_STEP, type Span, waiting } from './plan.ts';
import { beyondReach } from './too-long.ts';

/**
 * Reads who is on call, from some time before the last reading, as overrides may have begun and ended since, to some days
 * ahead; after a long pause the whole gap.
 */
export async function readOnCallsAhead(crew: Crew): Promise<void> {
  const { source, ledger, commit } = crew;
  const now = source.client.serverNow();
  const start = Math.min(now, ledger.onCallsRead ?? now) - ON_CALL_AGAIN;
  await readOnCalls(crew, { start, end: Math.floor((now + ON_CALL_AHEAD) / DAY) * DAY }, now);
  await commit({ notes: { onCallsRead: now } });
}

/** Reads on-call time of a span anew, no further back than the harvest reaches, and takes back what was said before and is no longer so. */
export async function readOnCalls(crew: Crew, { start, end }: Span, now: number): Promise<void> {
  const span = { start: Math.max(start, beginOf(crew.ledger, 'on_call') ?? now), end };
  await inSteps(
    span,
    ON_CALL_STEP,
    (piece) => crew.onCallTurn(() => readPiece(crew, piece, now)),
    beyondReach(crew, 'on_call'),
  );
}

async function readPiece(crew: Crew, span: Span, now: number): Promise<void> {
  const { source, ledger, commit, pace } = crew;
  const notes = { onCallUntil: Math.max(span.end, ledger.onCallUntil ?? span.end) };
  try {
    const { reading, received } = await fetchSpan(source, 'on_call', span);
    await commit({ reading, wholeOnCalls: { span, now }, notes });
    pace.rows(received);
  } catch (error) {
    const untold = error instanceof PagerDutyError && error.kind === 'request' && span.end <= now;
    if (!untold) throw error;
    await commit({
      windows: [{ ...waiting('on_call', span), state: 'failed', reason: error.message }],
      notes,
    });
  }
}
