import { nightSpan } from '../calendar/night.ts';
import { DAY } from '../clock.ts';
import type { QueryContext } from './context.ts';
import type { Matcher } from './filter.ts';
import { type PageRow, pagesIn } from './people-rows.ts';
import { type ClockOf, clocksOf } from './person-clock.ts';
import type { Question } from './question.ts';
import { merge, minutesOf, overlap, type Span } from './spans.ts';

/** A stretch of time awake, with the page that began it. */
interface Stretch extends Span {
  first: PageRow;
}

/** How far back a stretch that reaches into the range may have begun. */
const LOOK_BACK = 2 * DAY;

/** Minutes of nights that each fingerprint took: a merged awake stretch is charged to the fingerprint of its first notification. */
export async function awakeByFingerprint(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<Map<string, number>> {
  const { from, to } = question;
  const [all, selected] = await Promise.all([
    pagesIn(context, question, [], from - LOOK_BACK, to + DAY),
    pagesIn(context, question, matchers, from, to),
  ]);
  const wanted = new Set(selected.map(pageKey));
  const clockOf = await clocksOf(context, [...new Set(selected.map((page) => page.user_id))]);
  const minutes = new Map<string, number>();
  for (const pages of Map.groupBy(all, (page) => page.user_id).values()) {
    for (const stretch of stretches(pages)) {
      if (stretch.first.fingerprint === null || !wanted.has(pageKey(stretch.first))) continue;
      const slept = nightMinutes(stretch, stretch.first.user_id, clockOf);
      minutes.set(stretch.first.fingerprint, (minutes.get(stretch.first.fingerprint) ?? 0) + slept);
    }
  }
  return minutes;
}

function stretches(pages: readonly PageRow[]): Stretch[] {
  return merge(pages.map((page) => ({ start: page.time, end: page.awake_until, first: page })));
}

const pageKey = (page: PageRow) => page.id;

function nightMinutes(stretch: Span, user: string, clockOf: ClockOf): number {
  const { zone, hours } = clockOf(user, stretch.start);
  const firstDay = Math.floor((zone.toLocal(stretch.start) - DAY) / DAY);
  const lastDay = Math.floor(zone.toLocal(stretch.end) / DAY);
  const dates = Array.from({ length: lastDay - firstDay + 1 }, (_, index) =>
    new Date((firstDay + index) * DAY).toISOString().slice(0, 10),
  );
  const parts = dates.map((date) => overlap(stretch, nightSpan(zone, hours, date)));
  return parts.reduce((sum, part) => sum + Math.max(0, minutesOf(part)), 0);
}
