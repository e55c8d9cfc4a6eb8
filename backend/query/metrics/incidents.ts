import { type Statement, sql } from '../../sql/statement.ts';
import { episodeBeginnings } from '../episodes.ts';
import { count, duration, type RowMetric, ratio, share } from './metric.ts';

const RESOLVED = sql`"f"."status" = 'resolved' AND NOT "f"."merged"`;

const SECTION = '3-incidents';

const KNOWN = sql`NULLIF(count(*) FILTER (WHERE "f"."actionable" <> 'unknown'), 0)`;

const verdicts = (verdict: Statement) =>
  sql`count(*) FILTER (WHERE "f"."actionable" = ${verdict}) * 1.0 / ${KNOWN}`;

const NO_VERDICT = 'no incident is known to be actionable or not';

/** Each incident joined to whether it begins an episode, as "b". */
const withBeginnings = (from: number, to: number) =>
  sql`JOIN ${episodeBeginnings(from, to)} AS "b" ON "b"."id" = "f"."incident_id"`;

/** Metrics of incidents. */
export const incidentMetrics = {
  incidents: count('incident', 'created_at', {
    title: 'Incidents',
    section: SECTION,
    description: 'Incidents created, merged ones included.',
  }),
  resolved_incidents: count('incident', 'resolved_at', {
    title: 'Resolved incidents',
    section: SECTION,
    description: 'Incidents resolved, those merged into others left out.',
    where: RESOLVED,
  }),
  paged_incidents: count('incident', 'created_at', {
    title: 'Paged incidents',
    section: SECTION,
    description: 'Incidents created that paged at least one person; the default unit of alert budgets.',
    where: sql`"f"."pages" > 0`,
  }),
  time_to_acknowledge: duration('created_at', sql`"f"."time_to_acknowledge"`, {
    title: 'Time to acknowledge',
    section: SECTION,
    description:
      'From creation to the first acknowledge by a person; incidents nobody acknowledged are left out.',
  }),
  time_to_resolve: duration('resolved_at', sql`"f"."time_to_resolve"`, {
    title: 'Time to resolve',
    section: SECTION,
    description: 'From creation to resolution of resolved incidents, merged ones left out.',
  }),
  unacknowledged_share: share('incident', 'created_at', sql`"f"."time_to_acknowledge" IS NULL`, {
    title: 'Unacknowledged share',
    section: SECTION,
    description: 'Share of incidents that no person acknowledged, open ones included.',
  }),
  auto_resolved_share: share('incident', 'resolved_at', sql`"f"."auto_resolved"`, {
    title: 'Auto-resolved share',
    section: SECTION,
    description: 'Share of resolved incidents that a timeout or an integration resolved, not a person.',
    where: RESOLVED,
  }),
  transient_share: share('incident', 'resolved_at', sql`"f"."transient"`, {
    title: 'Transient share',
    section: SECTION,
    description:
      'Share of resolved incidents that resolved themselves within minutes and nobody acknowledged.',
    where: RESOLVED,
  }),
  flapping_incidents: count('incident', 'created_at', {
    title: 'Flapping incidents',
    section: SECTION,
    description: 'Incidents of alerts that come and go: 3 within an hour, or 5 short ones within a day.',
    where: sql`"f"."flapping"`,
  }),
  actionable_ratio: ratio('incident', 'created_at', verdicts(sql`'yes'`), {
    title: 'Actionable ratio',
    section: SECTION,
    description: 'Share of the incidents known to be actionable or not that asked for action.',
    emptyWhere: NO_VERDICT,
  }),
  false_positive_share: ratio('incident', 'created_at', verdicts(sql`'no'`), {
    title: 'False-positive share',
    section: SECTION,
    description: 'Share of the incidents known to be actionable or not that asked for none.',
    emptyWhere: NO_VERDICT,
  }),
  episodes: count('incident', 'created_at', {
    title: 'Episodes',
    section: SECTION,
    description: 'Runs of incidents of one service, each within 10 minutes of the one before.',
    joins: withBeginnings,
    where: sql`"b"."begins"`,
  }),
  collapse: ratio('incident', 'created_at', sql`avg(CASE WHEN "b"."begins" THEN 0.0 ELSE 1.0 END)`, {
    title: 'Collapse',
    section: SECTION,
    description: 'Share of incidents that would vanish if every episode were one incident.',
    joins: withBeginnings,
  }),
  compression: ratio(
    'incident',
    'created_at',
    sql`1 - count(*) FILTER (WHERE "f"."alerts" > 0) * 1.0 / NULLIF(sum("f"."alerts"), 0)`,
    {
      title: 'Compression',
      section: SECTION,
      description: 'Share of alerts that PagerDuty grouped into incidents that were there already.',
      where: sql`NOT "f"."merged"`,
      emptyWhere: 'incidents had no alerts',
    },
  ),
  amplification: ratio('incident', 'created_at', sql`avg("f"."notifications" * 1.0)`, {
    title: 'Amplification',
    section: SECTION,
    unit: 'none',
    description: 'Notifications for each incident created, e-mails included.',
  }),
  escalations: count('step', 'created_at', {
    title: 'Escalations',
    section: SECTION,
    description: 'Escalations of incidents, by people and by timeout.',
    where: sql`"f"."kind" = 'escalation'`,
  }),
  reassignments: count('step', 'created_at', {
    title: 'Reassignments',
    section: SECTION,
    description: 'Times that a person moved an incident to somebody else after its creation.',
    where: sql`"f"."kind" = 'reassignment'`,
  }),
} as const satisfies Record<string, RowMetric>;
