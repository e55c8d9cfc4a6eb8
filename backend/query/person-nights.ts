import { nightSpan, nightsIn } from '../calendar/night.ts';
import { DAY, HOUR } from '../clock.ts';
import type { QueryContext } from './context.ts';
import type { Coverage } from './coverage.ts';
import type { Matcher } from './filter.ts';
import { type NightLoad, nightLoad } from './nights.ts';
import { firstInterruptionsIn, type NightHours, nightHoursIn, type PageRow, pagesIn } from './people-rows.ts';
import { clocksOf } from './person-clock.ts';
import type { Question } from './question.ts';
import type { Span } from './spans.ts';

/** How far back from a night a page may have begun that keeps somebody awake in it, with room. */
const LOOK_BACK = 2 * DAY;

/** One night of one person; what is not harvested or not over is null. */
export interface NightRow {
  user_id: string;
  night: string;
  on_call_hours: number | null;
  sleep_interruptions: number | null;
  awake_minutes: number | null;
  longest_block_minutes: number | null;
  broken: boolean | null;
  severe: boolean | null;
  recovery_hours: number | null;
}

/** The nights that begin in the range on which a person was on call, woken or awake, by person and date. */
export async function nightsOf(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<NightRow[]> {
  const until = context.coverage.until ?? question.from;
  const end = Math.max(until, question.to);
  const nightsOver = Math.min(end, question.to + DAY);
  const [pages, later, hours] = await Promise.all([
    pagesIn(context, question, matchers, question.from - LOOK_BACK, nightsOver),
    firstInterruptionsIn(context, question, matchers, nightsOver, end),
    nightHoursIn(
      context,
      question,
      matchers,
      question.from - DAY,
      Math.max(question.from, Math.min(until, question.to + DAY)),
    ),
  ]);
  const pagesByUser = Map.groupBy(pages, (page) => page.user_id);
  const hoursByUser = Map.groupBy(hours, (row) => row.user_id);
  const users = [...new Set([...pagesByUser.keys(), ...hoursByUser.keys()])].sort();
  const clockOf = await clocksOf(context, users);
  return users.flatMap((user) => {
    const person = {
      pages: pagesByUser.get(user) ?? [],
      later: later.get(user) ?? null,
      hours: hoursByUser.get(user) ?? [],
    };
    const { zone, hours: limits } = clockOf(user, question.to);
    return nightsIn(zone, limits, question.from - DAY, question.to + DAY).flatMap((date) => {
      const there = clockOf(user, Date.parse(date) + DAY);
      const span = nightSpan(there.zone, there.hours, date);
      if (span.start < question.from || span.start >= question.to) return [];
      const cells = cellsOf(person, date, span, context.coverage);
      return cells ? [{ user_id: user, night: date, ...cells }] : [];
    });
  });
}

interface PersonRows {
  /** In order of time, those of all nights that begin in the range. */
  pages: readonly PageRow[];
  /** The first interruption after these; null where none is known. */
  later: number | null;
  hours: readonly NightHours[];
}

/** The cells of one night; null where the person was neither on call nor disturbed. What is not harvested is null. */
function cellsOf(
  person: PersonRows,
  date: string,
  span: Span,
  coverage: Coverage,
): Omit<NightRow, 'user_id' | 'night'> | null {
  const disturbing = person.pages.filter((page) => page.time < span.end && page.awake_until > span.start);
  const interruptions = person.pages.filter(
    (page) => page.interruption && page.time >= span.start && page.time < span.end,
  );
  const known = person.hours.find((row) => row.night === date)?.hours ?? 0;
  if (disturbing.length === 0 && interruptions.length === 0 && known === 0) return null;
  const { from, until, onCallFrom } = coverage;
  const onCall = { on_call_hours: onCallFrom !== null && onCallFrom <= span.start ? known : null };
  if (from === null || until === null || span.start < from) return { ...onCall, ...UNKNOWN, ...NOT_OVER };
  const awake = disturbing.map((page) => ({ start: page.time, end: page.awake_until }));
  const load = nightLoad(span, awake, interruptions.length);
  const rest = span.end <= until ? ended(load, person, span) : NOT_OVER;
  return { ...onCall, sleep_interruptions: interruptions.length, ...rest };
}

const UNKNOWN = { sleep_interruptions: null };

const NOT_OVER = {
  awake_minutes: null,
  longest_block_minutes: null,
  broken: null,
  severe: null,
  recovery_hours: null,
};

function ended(load: NightLoad, person: PersonRows, span: Span) {
  const found = person.pages.find((page) => page.interruption && page.time >= span.end);
  const next = load.broken ? (found?.time ?? person.later) : null;
  return {
    awake_minutes: load.awakeMinutes,
    longest_block_minutes: load.longestBlockMinutes,
    broken: load.broken,
    severe: load.severe,
    recovery_hours: next === null ? null : (next - span.end) / HOUR,
  };
}
