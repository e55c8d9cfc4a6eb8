import type { Hours } from '../calendar/hours.ts';
import type { Zone } from '../calendar/zone.ts';
import { instant, isIn, join, type Statement, sql, whole } from '../sql/statement.ts';

/** A zone's wall clock in SQL without zone functions: offsets are added by a CASE over the zone's changes in the range. */
export interface LocalTime {
  /** The wall clock of an instant, as a naive timestamp. */
  clock: Statement;
  /** The number of the constant-offset span that holds the instant; it tells the two equal hours of a clock change apart. */
  span: Statement;
}

/** The wall clock of `at` in `zone`, right for instants in [from, to). */
export function localTime(at: Statement, zone: Zone, from: number, to: number): LocalTime {
  const spans = zone.spans(from, to);
  const pick = (value: (index: number) => Statement) => {
    if (spans.length <= 1) return value(0);
    const cases = spans
      .slice(0, -1)
      .map((span, index) => sql`WHEN ${at} < ${instant(span.to)} THEN ${value(index)}`);
    return sql`CASE ${join(cases, ' ')} ELSE ${value(spans.length - 1)} END`;
  };
  const offset = (index: number) => milliseconds(spans[index]?.offset ?? 0);
  return { clock: sql`(${at} + ${pick(offset)})`, span: pick(whole) };
}

/** The minute of the local day that a wall clock reads, 0 to 1439. */
export function minuteOfDaySql(clock: Statement): Statement {
  return sql`(EXTRACT(hour FROM ${clock}) * 60 + EXTRACT(minute FROM ${clock}))`;
}

/** The hour class of a wall clock under the account's hours. */
export function hourClassSql(clock: Statement, hours: Hours): Statement {
  const minute = minuteOfDaySql(clock);
  const day = sql`EXTRACT(isodow FROM ${clock})`;
  const holidays = [...hours.holidays];
  const workday =
    holidays.length === 0
      ? isIn(day, [...hours.business.days])
      : sql`(${isIn(day, [...hours.business.days])} AND NOT ${isIn(sql`CAST(CAST(${clock} AS date) AS text)`, holidays)})`;
  return sql`CASE WHEN ${within(minute, hours.sleep)} THEN 'sleep' WHEN ${workday} AND ${within(minute, hours.business)} THEN 'business' ELSE 'off' END`;
}

function within(minute: Statement, limits: { from: number; to: number }): Statement {
  const from = sql`${minute} >= ${whole(limits.from)}`;
  const to = sql`${minute} < ${whole(limits.to)}`;
  return limits.from <= limits.to ? sql`(${from} AND ${to})` : sql`(${from} OR ${to})`;
}

/** A length of time in SQL, in two numbers as DuckDB multiplies intervals by no more than 32 bits. */
export function milliseconds(length: number): Statement {
  const rest = length % 1000;
  return sql`(INTERVAL '1 second' * ${whole((length - rest) / 1000)} + INTERVAL '1 millisecond' * ${whole(rest)})`;
}
