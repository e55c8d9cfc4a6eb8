import { column, type Statement, sql } from '../sql/statement.ts';

/** What the rows of a metric are: incidents, steps of incidents (those of all log entries, `entry`), notifications or pages to people, or pieces of on-call time. */
export type Family = keyof typeof FAMILIES;

interface Rows {
  from: Statement;
  /** The instants by which a row can be placed in time. */
  instants: Record<string, Statement>;
  /** The family whose dimensions it shares where it has none of its own. */
  like?: 'incident' | 'people';
}

/** The rows of each family; aliases i (incident), f (incident_fact), e (log_entry), p (page or notification), s (shift) are fixed. */
export const FAMILIES = {
  incident: {
    from: sql`"incident" AS "i" JOIN "incident_fact" AS "f" ON "f"."incident_id" = "i"."id"`,
    instants: { created_at: column('i', 'created_at'), resolved_at: column('i', 'resolved_at') },
  },
  step: {
    from: sql`"log_entry" AS "e" JOIN "incident" AS "i" ON "i"."id" = "e"."incident_id" JOIN "incident_fact" AS "f" ON "f"."incident_id" = "e"."incident_id"`,
    instants: { created_at: column('e', 'created_at') },
    like: 'incident',
  },
  entry: {
    from: sql`"log_entry" AS "e" LEFT JOIN "incident" AS "i" ON "i"."id" = "e"."incident_id" LEFT JOIN "incident_fact" AS "f" ON "f"."incident_id" = "e"."incident_id"`,
    instants: { created_at: column('e', 'created_at') },
    like: 'incident',
  },
  people: {
    from: sql`"page" AS "p" LEFT JOIN "incident" AS "i" ON "i"."id" = "p"."incident_id" LEFT JOIN "incident_fact" AS "f" ON "f"."incident_id" = "p"."incident_id"`,
    instants: { time: column('p', 'time') },
  },
  notification: {
    from: sql`"notification" AS "p" LEFT JOIN "incident" AS "i" ON "i"."id" = "p"."incident_id" LEFT JOIN "incident_fact" AS "f" ON "f"."incident_id" = "p"."incident_id"`,
    instants: { time: column('p', 'time') },
    like: 'people',
  },
  on_call: {
    from: sql`"shift" AS "s"`,
    instants: { time: column('s', 'start') },
  },
} as const satisfies Record<string, Rows>;

/** The family whose dimensions a family shares: itself where it has its own. */
export function kindOf(family: Family): Family {
  const rows: Rows = FAMILIES[family];
  return rows.like ?? family;
}
