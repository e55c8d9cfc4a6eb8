import { instant, join, type Statement, sql, whole } from '../../backend/sql/statement.ts';
import type { Asked } from './panels.ts';

const DAY = 86_400_000;

/** The rows that a metric counts: when, with incidents as "i" among them, and the figure of a group. */
interface Counted {
  at: Statement;
  figure: Statement;
  rows: Statement;
}

const USER = sql`IN ('user', 'user_reference')`;

const CREATED = sql`"i"."created_at"`;
const RESOLVED = sql`"i"."resolved_at"`;

const incidents = (figure: Statement, more: Statement = sql``, at = CREATED): Counted => ({
  at,
  figure,
  rows: sql`"incident" AS "i" ${more}`,
});

const acknowledged = sql`LEFT JOIN (SELECT "incident_id", min("created_at") AS "at" FROM "log_entry" WHERE "type" IN ('acknowledge_log_entry', 'acknowledgement_log_entry') AND "agent_type" ${USER} GROUP BY 1) AS "a" ON "a"."incident_id" = "i"."id"`;
const resolvedBy = sql`LEFT JOIN (SELECT "incident_id", "agent_type", row_number() OVER (PARTITION BY "incident_id" ORDER BY "created_at" DESC, "id" DESC) AS "n" FROM "log_entry" WHERE "type" = 'resolve_log_entry') AS "r" ON "r"."incident_id" = "i"."id" AND "r"."n" = 1`;
const notified = sql`LEFT JOIN (SELECT "incident_id", count(*) AS "n" FROM "log_entry" WHERE "type" = 'notify_log_entry' GROUP BY 1) AS "c" ON "c"."incident_id" = "i"."id"`;

const entries = (where: Statement): Counted => ({
  at: sql`"e"."created_at"`,
  figure: sql`count(*)`,
  rows: sql`(SELECT * FROM "log_entry" AS "l" WHERE ${where}) AS "e" JOIN "incident" AS "i" ON "i"."id" = "e"."incident_id"`,
});

/** Pages: notifications that come more than five minutes after the one before of the same incident and person. That is a simpler rule than ours, and a cheaper one. */
const PAGES = sql`(SELECT "incident_id", "user_id", "created_at" AS "time" FROM (SELECT *, lag("created_at") OVER (PARTITION BY "incident_id", "user_id" ORDER BY "created_at", "id") AS "before" FROM "log_entry" WHERE "type" = 'notify_log_entry' AND "user_id" IS NOT NULL AND COALESCE("notification_type", '') <> 'email_notification') AS "n" WHERE "before" IS NULL OR "created_at" > "before" + INTERVAL '5 minutes')`;
const BURSTS = sql`(SELECT "incident_id", "user_id", "time" FROM (SELECT *, lag("time") OVER (PARTITION BY "user_id" ORDER BY "time", "incident_id") AS "earlier" FROM ${PAGES} AS "q") AS "b" WHERE "earlier" IS NULL OR "time" > "earlier" + INTERVAL '5 minutes')`;

const contacts = (rows: Statement, where = sql`TRUE`): Counted => ({
  at: sql`"p"."time"`,
  figure: sql`count(*)`,
  rows: sql`(SELECT * FROM ${rows} AS "x" WHERE ${where}) AS "p" JOIN "incident" AS "i" ON "i"."id" = "p"."incident_id"`,
});

const byNight = (at: Statement) => sql`(EXTRACT(hour FROM ${at}) >= 22 OR EXTRACT(hour FROM ${at}) < 8)`;
const seconds = (until: Statement) => sql`EXTRACT(epoch FROM (${until} - "i"."created_at"))`;
const median = (value: Statement) => sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value})`;

/** Metrics asked of raw rows in plain SQL: what a column store would be asked. Those that plain SQL cannot tell in one go are left out. */
const METRICS: Readonly<Record<string, Counted>> = {
  incidents: incidents(sql`count(*)`),
  resolved_incidents: incidents(
    sql`count(*) FILTER (WHERE "i"."status" = 'resolved' AND NOT "i"."merged")`,
    sql``,
    RESOLVED,
  ),
  paged_incidents: incidents(
    sql`count(*)`,
    sql`JOIN (SELECT DISTINCT "incident_id" FROM ${PAGES} AS "q") AS "p" ON "p"."incident_id" = "i"."id"`,
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
  sleep_interruptions: contacts(BURSTS, byNight(sql`"x"."time"`)),
};

/** What raw rows are grouped by, from the instant of a row; hours and hour classes are those of UTC, which is simpler than a person's zone. */
const GROUPS: Readonly<Record<string, (at: Statement) => Statement>> = {
  service: () => sql`"i"."service_id"`,
  urgency: () => sql`"i"."urgency"`,
  team: () => sql`"t"."team_id"`,
  weekday: (at) => sql`EXTRACT(isodow FROM ${at})`,
  hour: (at) => sql`EXTRACT(hour FROM ${at})`,
  hour_class: (at) => sql`CASE WHEN ${byNight(at)} THEN 'sleep' ELSE 'work' END`,
};

const UNITS: Readonly<Record<string, Statement>> = {
  hour: sql`'hour'`,
  day: sql`'day'`,
  week: sql`'week'`,
  month: sql`'month'`,
};

/** The same question in plain SQL of raw rows, up to `to` (epoch ms): its groups, buckets and days, the period before too where it compares; null where raw rows do not tell it. */
export function rawOf({ query, days }: Asked, to: number): Statement | null {
  const { queryType = 'metric', metric = '', by = [], bucket = 'none', compare, filters } = query;
  if (filters?.length) return null;
  const from = to - days * DAY;
  const counted = METRICS[metric];
  if (queryType !== 'metric' || !counted || by.some((dimension) => !(dimension in GROUPS))) return null;
  const unit = UNITS[bucket];
  const { at, figure, rows } = counted;
  const groups = [
    ...(compare ? [sql`${at} < ${instant(from)}`] : []),
    ...(unit ? [sql`date_trunc(${unit}, ${at})`] : []),
    ...by.flatMap((dimension) => GROUPS[dimension]?.(at) ?? []),
  ];
  const joined = by.includes('team')
    ? sql`${rows} LEFT JOIN "incident_team" AS "t" ON "t"."incident_id" = "i"."id"`
    : rows;
  const begin = compare ? from - days * DAY : from;
  const ordinals = groups.map((_, index) => whole(index + 1));
  const grouping = groups.length === 0 ? sql`` : sql` GROUP BY ${join(ordinals, ', ')}`;
  return sql`SELECT ${join([...groups, figure], ', ')} FROM ${joined} WHERE ${at} >= ${instant(begin)} AND ${at} < ${instant(to)}${grouping}`;
}
