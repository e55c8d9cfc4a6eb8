import { MINUTE } from '../clock.ts';
import type { Crew } from './crew.ts';
import { type Fetched, fetchSpan, inPieces } from './fetch.ts';
import { fetchReferred } from './incidents.ts';
import { AHEAD_AT_MOST, FEED_LAG, nextFeed, type Span, sureAfter, watermarkAgain } from './plan.ts';
import { beyondReach, mended } from './too-long.ts';

/** Makes the feed of a harvest. It reads what happened since the watermark, and moves it with the rows in one transaction; true when more of the past waits. */
export function createFeed(): (crew: Crew) => Promise<boolean> {
  let aheadSince: number | null = null;
  return async (crew) => {
    const { source, ledger, clock, commit, log } = crew;
    const before = ledger.watermark ?? ledger.firstStart ?? source.client.serverNow();
    const now = source.client.serverNow();
    aheadSince = before > now + MINUTE ? (aheadSince ?? clock.now()) : null;
    if (aheadSince !== null && clock.now() - aheadSince > AHEAD_AT_MOST) {
      aheadSince = null;
      log.warn({ watermark: before, now }, "PagerDuty's clock was told wrong: the feed begins anew");
      await commit({ notes: { watermark: watermarkAgain(now, ledger.sureUntil) } });
      return true;
    }
    const span = nextFeed(before, now, ledger.sureUntil);
    await inPieces(span, (piece) => readPiece(crew, piece), beyondReach(crew, 'log_entries'));
    const behind = source.client.serverNow() - FEED_LAG - (ledger.watermark ?? before);
    return behind > 2 * FEED_LAG && (ledger.watermark ?? before) > before;
  };
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
