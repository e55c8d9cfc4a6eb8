import { peopleFrom } from '../model/facts/people.ts';
import type { Person } from '../model/facts/person.ts';
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
  return peopleFrom(zones, teams, rules);
}
