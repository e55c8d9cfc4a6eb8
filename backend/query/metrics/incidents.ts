import { sql } from '../../sql/statement.ts';
import { count, duration, type Metric, share } from './metric.ts';

const RESOLVED = sql`"i"."status" = 'resolved' AND NOT "i"."merged"`;

const SECTION = '3-incidents';

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
    where: sql`EXISTS (SELECT 1 FROM "page" AS "x" WHERE "x"."incident_id" = "i"."id")`,
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
} as const satisfies Record<string, Metric>;
