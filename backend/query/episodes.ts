import { MINUTE } from '../clock.ts';
import { instant, type Statement, sql } from '../sql/statement.ts';

/** The longest time between two incidents of one service that belong to one episode. */
export const EPISODE_GAP = 10 * MINUTE;

/** The incidents created in [from, to) with whether each begins an episode ("begins"), told from the incident of its service before it; one without a service always does. */
export function episodeBeginnings(from: number, to: number): Statement {
  const previous = sql`lag("created_at") OVER (PARTITION BY "service_id" ORDER BY "created_at", "id")`;
  const chain = sql`SELECT "id", "service_id", "created_at", ${previous} AS "previous" FROM "incident" WHERE "created_at" >= ${instant(from - EPISODE_GAP)} AND "created_at" < ${instant(to)}`;
  return sql`(SELECT "id", "service_id", "created_at", ("service_id" IS NULL OR "previous" IS NULL OR "created_at" > "previous" + INTERVAL '10 minutes') AS "begins" FROM (${chain}) AS "c" WHERE "created_at" >= ${instant(from)})`;
}
