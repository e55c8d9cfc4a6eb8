import { type Person, zonesOf } from '../model/facts/person.ts';
import type { Rules } from '../model/facts/rules.ts';
import type { RowOf } from '../model/index.ts';
import { sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';

/** Reads the zones and hours of people; somebody of whom nothing is known lives in the account's zone and hours. */
export async function peopleOf(
  writer: Writer,
  users: Iterable<string>,
  rules: Rules,
): Promise<(user_id: string) => Person> {
  const keys = await writer.keys(users);
  const zones = await writer.read<RowOf<'user_zone'>>(
    sql`SELECT "z".* FROM "user_zone" AS "z" JOIN ${keys} AS "k" ON "k"."id" = "z"."user_id" ORDER BY "z"."version"`,
  );
  const teams = await writer.read<{ user_id: string; id: string; name: string }>(
    sql`SELECT "m"."user_id", "m"."team_id" AS "id", COALESCE("t"."name", '') AS "name" FROM "team_member" AS "m" JOIN ${keys} AS "k" ON "k"."id" = "m"."user_id" LEFT JOIN "team" AS "t" ON "t"."id" = "m"."team_id"`,
  );
  const zonesByUser = Map.groupBy(zones, (row) => row.user_id);
  const teamsByUser = Map.groupBy(teams, (row) => row.user_id);
  const people = new Map<string, Person>();
  return (user_id) => {
    const known = people.get(user_id);
    if (known) return known;
    const history = (zonesByUser.get(user_id) ?? []).map((row) => ({
      seen_at: row.seen_at,
      zone: rules.zoneNamed(row.time_zone),
    }));
    const person = {
      zones: zonesOf(history, rules.accountZone),
      hours: rules.hoursOf(teamsByUser.get(user_id) ?? []),
    };
    people.set(user_id, person);
    return person;
  };
}
