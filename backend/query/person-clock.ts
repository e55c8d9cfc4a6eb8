import type { Hours } from '../calendar/hours.ts';
import type { Zone } from '../calendar/zone.ts';
import { type Person, zoneAt, zonesOf } from '../model/facts/person.ts';
import { rulesOf } from '../model/facts/rules.ts';
import { isIn, sql } from '../sql/statement.ts';
import type { Row } from '../store/store.ts';
import type { QueryContext } from './context.ts';

/** A person's time zone and hours at an instant. */
export type ClockOf = (user: string, at: number) => { zone: Zone; hours: Hours };

interface ZoneRow extends Row {
  user_id: string;
  time_zone: string | null;
  seen_at: number | null;
}

interface TeamRow extends Row {
  user_id: string;
  id: string;
  name: string;
}

/** The clocks of these people, with the history of their zones and the hours of their teams. */
export async function clocksOf(context: QueryContext, users: readonly string[]): Promise<ClockOf> {
  const rules = rulesOf(context.settings);
  const [zones, teams] = await Promise.all([
    context.reader.read<ZoneRow>(
      sql`SELECT "user_id", "time_zone", "seen_at" FROM "user_zone" WHERE ${isIn(sql`"user_id"`, users)} ORDER BY "user_id", "version"`,
      context.signal,
    ),
    context.reader.read<TeamRow>(
      sql`SELECT "m"."user_id", "m"."team_id" AS "id", COALESCE("t"."name", "m"."team_id") AS "name" FROM "team_member" AS "m" LEFT JOIN "team" AS "t" ON "t"."id" = "m"."team_id" WHERE ${isIn(sql`"m"."user_id"`, users)}`,
      context.signal,
    ),
  ]);
  const zonesByUser = Map.groupBy(zones, (row) => row.user_id);
  const teamsByUser = Map.groupBy(teams, (row) => row.user_id);
  const people = new Map(
    users.map((user): [string, Person] => {
      const history = (zonesByUser.get(user) ?? []).map((row) => ({
        seen_at: row.seen_at,
        zone: rules.zoneNamed(row.time_zone),
      }));
      return [
        user,
        { zones: zonesOf(history, rules.accountZone), hours: rules.hoursOf(teamsByUser.get(user) ?? []) },
      ];
    }),
  );
  const nobody: Person = { zones: zonesOf([], rules.accountZone), hours: context.hours };
  return (user, at) => {
    const person = people.get(user) ?? nobody;
    return { zone: zoneAt(at, person), hours: person.hours };
  };
}
