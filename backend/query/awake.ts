import { nightSpans } from '../calendar/night.ts';
import { DAY, hourAfter, hourAt, MINUTE } from '../clock.ts';
import { instant, type Statement, sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';
import { FAMILIES } from './families.ts';
import type { Matcher } from './filter.ts';
import { mayReachNight } from './night-reach.ts';
import { type ClockOf, clocksOf } from './person-clock.ts';
import type { Question } from './question.ts';
import { select } from './select.ts';
import { overlap, type Span } from './spans.ts';

/** A stretch of one person's time awake, with the fingerprint of the page that began it. */
interface Stretch extends Span {
  user_id: string;
  fingerprint: string | null;
}

/** How far back a stretch that reaches into the range may have begun. */
const LOOK_BACK = 2 * DAY;

/** Minutes of nights that each fingerprint took: a merged awake stretch is charged to the fingerprint of its first notification. */
export async function awakeByFingerprint(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
): Promise<Map<string, number>> {
  const [stretches, clockOf] = await Promise.all([
    stretchesIn(question, context, matchers),
    clocksOf(context),
  ]);
  const nightOn = nightSpans();
  const taken = new Map<string, number>();
  for (const stretch of stretches) {
    if (stretch.fingerprint === null) continue;
    const length = lengthByNight(stretch, clockOf(stretch.user_id, stretch.start), nightOn);
    taken.set(stretch.fingerprint, (taken.get(stretch.fingerprint) ?? 0) + length);
  }
  return new Map([...taken].map(([fingerprint, length]) => [fingerprint, length / MINUTE]));
}

/** The stretches whose first page is in the range and passes the matchers, of those that may reach into a night. */
function stretchesIn(
  { from, to, zone }: Question,
  { reader, bounds, hours, settings, signal }: QueryContext,
  matchers: readonly Matcher[],
): Promise<(Stretch & Row)[]> {
  const { time } = FAMILIES.people.instants;
  const columns = sql`"p"."user_id", "p"."time" AS "start", "p"."end", "p"."fingerprint"`;
  const selected = select(
    {
      ...{ family: 'people', instant: time, from, to, bounds, zone, hours, matchers },
      rows: sql`${merged(hourAt(from - LOOK_BACK), hourAfter(to + DAY))} AS "p"`,
      where: mayReachNight(settings, sql`"p"."end"`),
    },
    [],
    columns,
  );
  return reader.read(sql`SELECT ${columns} FROM ${selected.from} WHERE ${selected.where}`, signal);
}

/** The merged awake stretches of everybody in [from, to): the first page of each with the end, which is the furthest that any page before the next stretch keeps awake. */
function merged(from: number, to: number): Statement {
  const inOrder = sql`PARTITION BY "user_id" ORDER BY "time", "id"`;
  const pages = sql`SELECT *, max("awake_until") OVER (${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS "before", max("awake_until") OVER (PARTITION BY "user_id") AS "last" FROM "page" WHERE "time" >= ${instant(from)} AND "time" < ${instant(to)}`;
  const begun = sql`SELECT * FROM (${pages}) AS "x" WHERE COALESCE("time" > "before", TRUE)`;
  return sql`(SELECT *, COALESCE(lead("before") OVER (${inOrder}), "last") AS "end" FROM (${begun}) AS "y")`;
}

/** Milliseconds, so that a sum of them is the same in any order. */
function lengthByNight(
  stretch: Span,
  { zone, hours }: ReturnType<ClockOf>,
  nightOn: ReturnType<typeof nightSpans>,
): number {
  const lastDay = Math.floor(zone.toLocal(stretch.end) / DAY);
  let length = 0;
  for (let day = Math.floor(zone.toLocal(stretch.start) / DAY) - 1; day <= lastDay; day += 1) {
    const { start, end } = overlap(stretch, nightOn(zone, hours, day));
    length += Math.max(0, end - start);
  }
  return length;
}
