import { type Statement, sql } from '../../backend/sql/statement.ts';

/** The span that a raw question is about. */
interface Span {
  from: Statement;
  to: Statement;
}

const USER = sql`IN ('user', 'user_reference')`;

const byDay = (at: Statement, service: Statement, figure: Statement, rows: Statement, { from, to }: Span) =>
  sql`SELECT date_trunc('day', ${at}) AS "day", ${service} AS "service", ${figure} AS "figure" FROM ${rows} WHERE ${at} >= ${from} AND ${at} < ${to} GROUP BY 1, 2`;

const CREATED = sql`"i"."created_at"`;
const RESOLVED = sql`"i"."resolved_at"`;
const OF = sql`"i"."service_id"`;

const incidents =
  (figure: Statement, more: Statement = sql``, at = CREATED) =>
  (span: Span) =>
    byDay(at, OF, figure, sql`"incident" AS "i" ${more}`, span);

const acknowledged = sql`LEFT JOIN (SELECT "incident_id", min("created_at") AS "at" FROM "log_entry" WHERE "type" IN ('acknowledge_log_entry', 'acknowledgement_log_entry') AND "agent_type" ${USER} GROUP BY 1) AS "a" ON "a"."incident_id" = "i"."id"`;
const resolvedBy = sql`LEFT JOIN (SELECT "incident_id", "agent_type", row_number() OVER (PARTITION BY "incident_id" ORDER BY "created_at" DESC, "id" DESC) AS "n" FROM "log_entry" WHERE "type" = 'resolve_log_entry') AS "r" ON "r"."incident_id" = "i"."id" AND "r"."n" = 1`;
const notified = sql`LEFT JOIN (SELECT "incident_id", count(*) AS "n" FROM "log_entry" WHERE "type" = 'notify_log_entry' GROUP BY 1) AS "c" ON "c"."incident_id" = "i"."id"`;

const entries = (where: Statement) => (span: Span) =>
  byDay(
    sql`"e"."created_at"`,
    OF,
    sql`count(*)`,
    sql`(SELECT * FROM "log_entry" AS "l" WHERE ${where}) AS "e" JOIN "incident" AS "i" ON "i"."id" = "e"."incident_id"`,
    span,
  );

/** Pages: notifications that come more than five minutes after the one before of the same incident and person. That is a simpler rule than ours, and a cheaper one. */
const PAGES = sql`(SELECT "incident_id", "user_id", "created_at" AS "time" FROM (SELECT *, lag("created_at") OVER (PARTITION BY "incident_id", "user_id" ORDER BY "created_at", "id") AS "before" FROM "log_entry" WHERE "type" = 'notify_log_entry' AND "user_id" IS NOT NULL AND COALESCE("notification_type", '') <> 'email_notification') AS "n" WHERE "before" IS NULL OR "created_at" > "before" + INTERVAL '5 minutes')`;
const BURSTS = sql`(SELECT "incident_id", "user_id", "time" FROM (SELECT *, lag("time") OVER (PARTITION BY "user_id" ORDER BY "time", "incident_id") AS "earlier" FROM ${PAGES} AS "q") AS "b" WHERE "earlier" IS NULL OR "time" > "earlier" + INTERVAL '5 minutes')`;

const contacts =
  (rows: Statement, where = sql`TRUE`) =>
  (span: Span) =>
    byDay(
      sql`"p"."time"`,
      OF,
      sql`count(*)`,
      sql`(SELECT * FROM ${rows} AS "x" WHERE ${where}) AS "p" JOIN "incident" AS "i" ON "i"."id" = "p"."incident_id"`,
      span,
    );

const seconds = (until: Statement) => sql`EXTRACT(epoch FROM (${until} - "i"."created_at"))`;
const median = (value: Statement) => sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value})`;

/** Metrics asked of raw rows in plain SQL, by day and service: what a column store would be asked. Those that plain SQL cannot tell in one go are left out. */
export const RAW: Readonly<Record<string, (span: Span) => Statement>> = {
  incidents: incidents(sql`count(*)`),
  resolved_incidents: incidents(
    sql`count(*) FILTER (WHERE "i"."status" = 'resolved' AND NOT "i"."merged")`,
    sql``,
    RESOLVED,
  ),
  paged_incidents: (span) =>
    byDay(
      CREATED,
      OF,
      sql`count(*)`,
      sql`"incident" AS "i" JOIN (SELECT DISTINCT "incident_id" FROM ${PAGES} AS "q") AS "p" ON "p"."incident_id" = "i"."id"`,
      span,
    ),
  time_to_acknowledge: incidents(median(seconds(sql`"a"."at"`)), acknowledged),
  time_to_resolve: incidents(median(seconds(RESOLVED)), sql``, RESOLVED),
  unacknowledged_share: incidents(sql`avg(CASE WHEN "a"."at" IS NULL THEN 1.0 ELSE 0.0 END)`, acknowledged),
  auto_resolved_share: incidents(
    sql`avg(CASE WHEN "r"."agent_type" ${USER} THEN 0.0 ELSE 1.0 END)`,
    resolvedBy,
    RESOLVED,
  ),
  transient_share: incidents(
    sql`avg(CASE WHEN "a"."at" IS NULL AND ${seconds(RESOLVED)} < 300 THEN 1.0 ELSE 0.0 END)`,
    acknowledged,
    RESOLVED,
  ),
  amplification: incidents(sql`avg(COALESCE("c"."n", 0))`, notified),
  compression: incidents(
    sql`1 - count(*) FILTER (WHERE "i"."alerts" > 0) * 1.0 / NULLIF(sum("i"."alerts"), 0)`,
  ),
  escalations: entries(sql`"l"."type" = 'escalate_log_entry'`),
  reassignments: entries(
    sql`"l"."type" IN ('assign_log_entry', 'reassign_log_entry', 'delegate_log_entry') AND "l"."agent_type" ${USER}`,
  ),
  notifications: entries(sql`"l"."type" = 'notify_log_entry'`),
  pages: contacts(PAGES),
  interruptions: contacts(BURSTS),
  sleep_interruptions: contacts(
    BURSTS,
    sql`EXTRACT(hour FROM "x"."time") >= 22 OR EXTRACT(hour FROM "x"."time") < 8`,
  ),
};
