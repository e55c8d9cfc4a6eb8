import { column, type Statement, sql } from '../sql/statement.ts';

/** What the rows of a metric are: incidents, pages to people, or pieces of on-call time. */
export type Family = keyof typeof FAMILIES;

/** The rows of each family; aliases i (incident), f (incident_fact), p (page), s (shift) are fixed. */
export const FAMILIES = {
  incident: {
    from: sql`"incident" AS "i" JOIN "incident_fact" AS "f" ON "f"."incident_id" = "i"."id"`,
    instants: { created_at: column('i', 'created_at'), resolved_at: column('i', 'resolved_at') },
  },
  people: {
    from: sql`"page" AS "p" LEFT JOIN "incident" AS "i" ON "i"."id" = "p"."incident_id" LEFT JOIN "incident_fact" AS "f" ON "f"."incident_id" = "p"."incident_id"`,
    instants: { time: column('p', 'time') },
  },
  on_call: {
    from: sql`"shift" AS "s"`,
    instants: { time: column('s', 'start') },
  },
} as const satisfies Record<string, { from: Statement; instants: Record<string, Statement> }>;
