import type { TableName } from '../model/index.ts';
import { name, type Statement, sql } from '../sql/statement.ts';

/** A thing's name and id as `THING` and `THING_id`, where `id` is the id's expression; one without a name is called by its id. */
export function named(thing: TableName, id: Statement): Statement {
  const table = name(thing);
  return sql`COALESCE((SELECT "n"."name" FROM ${table} AS "n" WHERE "n"."id" = ${id}), ${id}) AS ${table}, ${id} AS ${name(`${thing}_id`)}`;
}
