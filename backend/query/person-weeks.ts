import { LOCAL_UNITS } from '../calendar/units.ts';
import { DAY, HOUR } from '../clock.ts';
import { instant, sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';
import { FAMILIES } from './families.ts';
import type { Matcher } from './filter.ts';
import { belongs } from './metrics/metric.ts';
import { peopleMetrics } from './metrics/people.ts';
import type { Question } from './question.ts';
import { type Selection, select } from './select.ts';

/** How a week on call was, by its sleep interruptions. */
export type Band = 'good' | 'watch' | 'bad';

const WATCH_FROM = 2;
const BAD_FROM = 4;

const BANDS = ['good', 'watch', 'bad'] as const satisfies Band[];

/** The band of a week with that many sleep interruptions. */
export function bandOf(interruptions: number): Band {
  if (interruptions >= BAD_FROM) return 'bad';
  return interruptions >= WATCH_FROM ? 'watch' : 'good';
}

/** Each person's worst band over the calendar weeks of their own zone in which they had level 1 time; only what lies in the range counts, and no week before what is harvested. */
export async function worstWeeks(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<Map<string, Band>> {
  const [days, sleeps] = await Promise.all([
    onCallDays(question, context, matchers),
    sleepInterruptions(question, context, matchers),
  ]);
  const counts = new Map(sleeps.map(({ user_id, week, count }) => [keyOf(user_id, week), count]));
  const worst = new Map<string, Band>();
  for (const { user_id, day, weekday } of days) {
    const band = bandOf(counts.get(keyOf(user_id, weekOf(day, weekday))) ?? 0);
    const before = worst.get(user_id) ?? 'good';
    worst.set(user_id, BANDS.indexOf(band) > BANDS.indexOf(before) ? band : before);
  }
  return worst;
}

const keyOf = (user: string, week: number) => `${user} ${week}`;

/** The local Monday of a piece of time that begins on a day of UTC and on a weekday of the person's clock. */
function weekOf(day: number, weekday: number): number {
  const local = [day - DAY, day, day + DAY].find((date) => (new Date(date).getUTCDay() || 7) === weekday);
  return LOCAL_UNITS.week.floor(local ?? day);
}

interface OnCallDay extends Row {
  user_id: string;
  day: number;
  weekday: number;
}

/** The days of UTC, with the weekday on the person's clock, in which level 1 time of what is harvested of the range begins or goes on. */
function onCallDays(
  question: Question,
  { reader, hours, coverage, signal }: QueryContext,
  matchers: readonly Matcher[],
): Promise<OnCallDay[]> {
  const { to, zone } = question;
  const from = Math.max(question.from, coverage.from ?? 0, coverage.onCallFrom ?? 0);
  const until = Math.max(from, Math.min(to, coverage.until ?? from));
  const selection: Selection = {
    family: 'on_call',
    instant: FAMILIES.on_call.instants.time,
    from: from - 2 * HOUR,
    to: until,
    zone,
    hours,
    matchers,
    where: sql`"s"."end" > ${instant(from)}`,
  };
  const selected = select(selection, [], sql``);
  return reader.read<OnCallDay>(
    sql`SELECT DISTINCT "s"."user_id", date_trunc('day', "s"."start") AS "day", "s"."weekday" FROM ${selected.from} WHERE ${selected.where}`,
    signal,
  );
}

/** How many there were of each person by the local Monday of their week. */
function sleepInterruptions(
  { from, to, zone }: Question,
  { reader, bounds, hours, signal }: QueryContext,
  matchers: readonly Matcher[],
): Promise<(Row & { user_id: string; week: number; count: number })[]> {
  const metric = peopleMetrics.sleep_interruptions;
  const { instant: at, family } = metric;
  const where = belongs(metric, from);
  const selected = select({ family, instant: at, from, to, bounds, zone, hours, matchers, where }, [], sql``);
  return reader.read(
    sql`SELECT "p"."user_id", date_trunc('week', "p"."local_time") AS "week", count(*) AS "count" FROM ${selected.from} WHERE ${selected.where} GROUP BY 1, 2`,
    signal,
  );
}
