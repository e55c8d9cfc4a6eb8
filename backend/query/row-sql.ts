import type { TableName } from '../model/index.ts';
import { name, type Statement, sql } from '../sql/statement.ts';

/** A thing's name and id as `THING` and `THING_id`, where `id` is the id's expression; one without a name is called by its id. */
export function named(thing: TableName, id: Statement): Statement {
  const table = name(thing);
  return sql`COALESCE((SELECT "n"."name" FROM ${table} AS "n" WHERE "n"."id" = ${id}), ${id}) AS ${table}, ${id} AS ${name(`${thing}_id`)}`;
}

/** The teams of the incidents that have these rows of `incident_team`, a row for each: names as `teams` and ids as `team_ids`, joined by commas. */
export function teamLists(rows: Statement): Statement {
  const list = (expression: Statement) =>
    sql`string_agg(${expression}, ', ' ORDER BY COALESCE("t"."name", "x"."team_id"), "x"."team_id")`;
  return sql`(SELECT "x"."incident_id", ${list(sql`COALESCE("t"."name", "x"."team_id")`)} AS "teams", ${list(sql`"x"."team_id"`)} AS "team_ids" FROM ${rows} AS "x" LEFT JOIN "team" AS "t" ON "t"."id" = "x"."team_id" GROUP BY 1)`;
}
