import type { Hours } from '../calendar/hours.ts';
import type { Zone } from '../calendar/zone.ts';
import { peopleFrom, type SeenZone, type TeamOfPerson } from '../model/facts/people.ts';
import { zoneAt } from '../model/facts/person.ts';
import { rulesOf } from '../model/facts/rules.ts';
import { sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';

/** A person's time zone and hours at an instant. */
export type ClockOf = (user: string, at: number) => { zone: Zone; hours: Hours };

/** The clocks of people, with the history of their zones and the hours of their teams. */
export async function clocksOf(context: QueryContext): Promise<ClockOf> {
  const rules = rulesOf(context.settings);
  const [zones, teams] = await Promise.all([
    context.reader.read<SeenZone & Row>(
      sql`SELECT "user_id", "time_zone", "seen_at" FROM "user_zone" ORDER BY "user_id", "version"`,
      context.signal,
    ),
    context.reader.read<TeamOfPerson & Row>(
      sql`SELECT "m"."user_id", "m"."team_id" AS "id", COALESCE("t"."name", "m"."team_id") AS "name" FROM "team_member" AS "m" LEFT JOIN "team" AS "t" ON "t"."id" = "m"."team_id"`,
      context.signal,
    ),
  ]);
  const personOf = peopleFrom(zones, teams, rules);
  return (user, at) => {
    const person = personOf(user);
    return { zone: zoneAt(at, person), hours: person.hours };
  };
}
