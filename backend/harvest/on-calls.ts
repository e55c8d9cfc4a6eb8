import { DAY } from '../clock.ts';
import type { Crew } from './crew.ts';
import { fetchSpan, inPieces } from './fetch.ts';
import { ON_CALL_AHEAD } from './plan.ts';

/** Reads who is on call from now (after a long pause, from where the last reading ended) to some days ahead, and takes back what was said before and is no longer so. */
export async function readOnCallsAhead(crew: Crew): Promise<void> {
  const { source, ledger, commit, pace } = crew;
  const now = source.client.serverNow();
  const start = Math.min(now, ledger.onCallUntil ?? now);
  const ahead = { start, end: Math.floor((now + ON_CALL_AHEAD) / DAY) * DAY };
  await inPieces(ahead, async (span) => {
    const { reading, received } = await fetchSpan(source, 'on_call', span);
    await commit({ reading, wholeOnCalls: { span, now }, notes: { onCallUntil: span.end } });
    pace.rows(received);
  });
}
