import { accountHours, teamHours } from '../calendar/hours.ts';
import type { FileSettings } from '../config.ts';
import { join, type Statement, sql, whole } from '../sql/statement.ts';
import { minuteOfDaySql } from './local-time.ts';

/** Clocks are put forward by two hours at most, seconds. */
const CLOCK_CHANGE = 2 * 3600;

/** Minutes. */
const DAY = 24 * 60;

/**
 * A condition on pages (`p`) that is true of every one whose awake time reaches into a night of its person,
 * and false of most others. People who moved between zones always pass, as their nights may follow another clock than
 * the page did.
 */
export function mayReachNight(settings: FileSettings): Statement {
  const minute = minuteOfDaySql(sql`"p"."local_time"`);
  const distances = sleepStarts(settings).map(
    (start) => sql`mod(${whole(start + DAY)} - ${minute}, ${whole(DAY)})`,
  );
  const awake = sql`EXTRACT(epoch FROM ("p"."awake_until" - "p"."time"))`;
  const moved = sql`"p"."user_id" IN (SELECT "user_id" FROM "user_zone" WHERE "version" > 1)`;
  return sql`("p"."night" IS NOT NULL OR ${awake} + ${whole(CLOCK_CHANGE)} >= LEAST(${join(distances, ', ')}) * 60 OR ${moved})`;
}

/** When the night begins for anybody, minutes of the local day. */
function sleepStarts(settings: FileSettings): number[] {
  const hours = [
    accountHours(settings),
    ...settings.teams.map(({ team }) => teamHours(settings, [{ id: team, name: team }])),
  ];
  return [...new Set(hours.map(({ sleep }) => sleep.from))];
}
