import type { TableName } from '../model/index.ts';
import { name, type Statement, sql } from '../sql/statement.ts';

/** A thing's name and id as `THING` and `THING_id`, where `id` is the id's expression; one without a name is called by its id. */
export function named(thing: TableName, id: Statement): Statement {
  const table = name(thing);
  return sql`COALESCE((SELECT "n"."name" FROM ${table} AS "n" WHERE "n"."id" = ${id}), ${id}) AS ${table}, ${id} AS ${name(`${thing}_id`)}`;
}

/** The names and ids of an incident's teams as `teams` and `team_ids`, each joined by a comma. */
export function teamsOf(incident: Statement): Statement {
  const list = (expression: Statement) =>
    sql`(SELECT string_agg(${expression}, ', ' ORDER BY COALESCE("t"."name", "x"."team_id"), "x"."team_id") FROM "incident_team" AS "x" LEFT JOIN "team" AS "t" ON "t"."id" = "x"."team_id" WHERE "x"."incident_id" = ${incident})`;
  return sql`${list(sql`COALESCE("t"."name", "x"."team_id")`)} AS "teams", ${list(sql`"x"."team_id"`)} AS "team_ids"`;
}
