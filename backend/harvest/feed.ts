import type { Crew } from './crew.ts';
import { type Fetched, fetchSpan, inPieces } from './fetch.ts';
import { fetchReferred } from './incidents.ts';
import { FEED_LAG, nextFeed, type Span, sureAfter } from './plan.ts';
import { beyondReach, mended } from './too-long.ts';

/** Reads what happened since the watermark, and moves it with the rows in one transaction; true when more of the past waits. */
export async function readFeed(crew: Crew): Promise<boolean> {
  const { source, ledger } = crew;
  const before = ledger.watermark ?? ledger.firstStart ?? source.client.serverNow();
  const span = nextFeed(before, source.client.serverNow(), ledger.sureUntil);
  await inPieces(span, (piece) => readPiece(crew, piece), beyondReach(crew, 'log_entries'));
  const behind = source.client.serverNow() - FEED_LAG - (ledger.watermark ?? before);
  return behind > 2 * FEED_LAG && (ledger.watermark ?? before) > before;
}

async function readPiece(crew: Crew, span: Span): Promise<void> {
  const { source, store, ledger, commit, pace } = crew;
  const fetched = await fetchSpan(source, 'log_entries', span);
  const refused = await fetchReferred(source, store, fetched.reading, ['unreadable_incident']);
  const watermark = Math.max(ledger.watermark ?? 0, surelyRead(fetched, span));
  const sureUntil = sureAfter(ledger.sureUntil ?? span.start, span, fetched.serverTime);
  const windows = mended(ledger, 'log_entries', span);
  await commit({ reading: fetched.reading, refused, windows, notes: { watermark, sureUntil } });
  pace.rows(fetched.received);
}

/** The end of what an answer surely holds: PagerDuty's own clock decides, whatever ours says. */
function surelyRead(fetched: Fetched, span: Span): number {
  return Math.min(span.end, Math.floor((fetched.serverTime - FEED_LAG) / 1000) * 1000);
}
