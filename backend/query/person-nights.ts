import { nightSpan, nightsIn } from '../calendar/night.ts';
import { DAY, HOUR, hourAt } from '../clock.ts';
import type { QueryContext } from './context.ts';
import type { Coverage } from './coverage.ts';
import type { Matcher } from './filter.ts';
import { type NightLoad, nightLoad } from './nights.ts';
import { bySeen } from './people/order.ts';
import {
  interruptionTimesIn,
  type NightHours,
  type NightPage,
  nightHoursIn,
  nightPagesIn,
} from './people-rows.ts';
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

/** A night with its span, before anything is known of what came after it. */
interface NightSoFar extends NightRow {
  span: Span;
}

/** The nights that begin in the range on which a person was on call, woken or awake, by person as the viewer sees them and by date. */
export async function nightsOf(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<NightRow[]> {
  const until = context.coverage.until ?? question.from;
  const end = Math.max(until, question.to);
  const nightsOver = Math.min(end, question.to + DAY);
  const hoursUntil = Math.max(question.from, Math.min(until, question.to + DAY));
  const [pages, hours] = await Promise.all([
    nightPagesIn(context, question, matchers, hourAt(question.from - LOOK_BACK), nightsOver),
    nightHoursIn(context, question, matchers, hourAt(question.from - DAY), hoursUntil),
  ]);
  const nights = await nightsSoFar(question, context, { pages, hours });
  const brokenUntil = nights.flatMap(({ broken, span }) => (broken ? [span.end] : []));
  const first = brokenUntil.reduce((least, at) => Math.min(least, at), end);
  const interruptions = await interruptionTimesIn(context, question, matchers, first, end);
  return nights.map(({ span, ...night }) => {
    const times = night.broken ? (interruptions.get(night.user_id) ?? []) : [];
    const next = times[firstFrom(times, span.end)];
    return { ...night, recovery_hours: next === undefined ? null : (next - span.end) / HOUR };
  });
}

/** The place of the first of ascending instants that is at or after another; their number where there is none. */
function firstFrom(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((times[middle] ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function nightsSoFar(
  question: Question,
  context: QueryContext,
  { pages, hours }: { pages: readonly NightPage[]; hours: readonly NightHours[] },
): Promise<NightSoFar[]> {
  const pagesByUser = Map.groupBy(pages, (page) => page.user_id);
  const hoursByUser = Map.groupBy(hours, (row) => row.user_id);
  const byPerson = bySeen(context.view);
  const users = [...new Set([...pagesByUser.keys(), ...hoursByUser.keys()])].toSorted((a, b) =>
    byPerson({ user_id: a }, { user_id: b }),
  );
  const clockOf = await clocksOf(context);
  return users.flatMap((user) => {
    const person = { pages: pagesByUser.get(user) ?? [], hours: hoursByUser.get(user) ?? [] };
    const { zone, hours: limits } = clockOf(user, question.to);
    const { start, end } = reachOf(person);
    const from = Math.max(question.from - DAY, start);
    const to = Math.min(question.to + DAY, end);
    return nightsIn(zone, limits, from, to).flatMap((date) => {
      const there = clockOf(user, Date.parse(date) + DAY);
      const span = nightSpan(there.zone, there.hours, date);
      if (span.start < question.from || span.start >= question.to) return [];
      const cells = cellsOf(person, date, span, context.coverage);
      return cells ? [{ user_id: user, night: date, span, ...cells, recovery_hours: null }] : [];
    });
  });
}

interface PersonRows {
  /** Those that may reach into the nights that begin in the range. */
  pages: readonly NightPage[];
  hours: readonly NightHours[];
}

/** The time outside which no night of a person can have cells, with room for any zone. */
function reachOf({ pages, hours }: PersonRows): Span {
  const nights = hours.map(({ night }) => Date.parse(night));
  const begins = [...pages.map(({ time }) => time), ...nights];
  const ends = [...pages.map((page) => page.awake_until), ...nights];
  return {
    start: begins.reduce((a, b) => Math.min(a, b), Infinity) - 2 * DAY,
    end: ends.reduce((a, b) => Math.max(a, b), -Infinity) + 3 * DAY,
  };
}

/** The cells of one night; null where the person was neither on call nor disturbed. What is not harvested is null. */
function cellsOf(
  person: PersonRows,
  date: string,
  span: Span,
  coverage: Coverage,
): Omit<NightRow, 'user_id' | 'night' | 'recovery_hours'> | null {
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
  const rest = span.end <= until ? ended(load) : NOT_OVER;
  return { ...onCall, sleep_interruptions: interruptions.length, ...rest };
}

const UNKNOWN = { sleep_interruptions: null };

const NOT_OVER = { awake_minutes: null, longest_block_minutes: null, broken: null, severe: null };

function ended({ awakeMinutes, longestBlockMinutes, broken, severe }: NightLoad) {
  return { awake_minutes: awakeMinutes, longest_block_minutes: longestBlockMinutes, broken, severe };
}
