import type { FileSettings } from '../config.ts';
import type { Notice } from '../contract.ts';
import { instant, type Statement, sql } from '../sql/statement.ts';
import { share } from './column.ts';
import type { QueryContext } from './context.ts';

/** How good an alert is, each 0-1: the four letters of STAT. */
export const QUALITY_COLUMNS = [
  share('supported', 'Supported', {
    description: 'Its service has a policy, a team and somebody on call at level 1.',
  }),
  share('trustworthy', 'Trustworthy', {
    description: 'Of its incidents, those neither false positives nor flapping nor transient.',
  }),
  share('actionable', 'Actionable', {
    description: 'Actionable ratio times the share of its incidents that have a runbook link.',
  }),
  share('triaged', 'Triaged', {
    description:
      'Of its incidents, those of low urgency that woke nobody, and urgent ones acknowledged in time.',
  }),
];

const KNOWN = sql`NULLIF(count(*) FILTER (WHERE "f"."actionable" <> 'unknown'), 0)`;
const TRUSTWORTHY = sql`avg(CASE WHEN "f"."actionable" = 'no' OR "f"."flapping" OR "f"."transient" THEN 0.0 ELSE 1.0 END)`;
const WITH_RUNBOOK = sql`avg(CASE WHEN "f"."runbook" OR "v"."runbook" IS NOT NULL THEN 1.0 ELSE 0.0 END)`;

/** What the figures need beside the family's rows: their services, "v". */
export const QUALITY_JOINS = sql`LEFT JOIN "service" AS "v" ON "v"."id" = "f"."service_id"`;

/** All of alert quality that is told from the incidents of a group. */
export function qualityFigures({ ackTarget }: FileSettings): Statement {
  const triaged = sql`CASE WHEN "f"."urgency" = 'low' THEN NOT "f"."woke" ELSE COALESCE("f"."time_to_acknowledge" <= ${ackTarget}, FALSE) END`;
  return sql`${TRUSTWORTHY} AS "trustworthy", count(*) FILTER (WHERE "f"."actionable" = 'yes') * 1.0 / ${KNOWN} * ${WITH_RUNBOOK} AS "actionable", avg(CASE WHEN ${triaged} THEN 1.0 ELSE 0.0 END) AS "triaged"`;
}

/** Tells whether a service (id) is supported at harvested-until, 1 or 0; null where that hangs on on-call time that is not known. */
export async function supportOfServices({
  reader,
  coverage,
  signal,
}: QueryContext): Promise<(service: string) => number | null> {
  const { until, onCallFrom } = coverage;
  const known = until !== null && onCallFrom !== null && onCallFrom <= until;
  const now = instant(until ?? 0);
  const onCall = sql`EXISTS (SELECT 1 FROM "on_call" AS "o" WHERE "o"."escalation_policy_id" = "v"."escalation_policy_id" AND "o"."level" = 1 AND ("o"."start" IS NULL OR "o"."start" <= ${now}) AND ("o"."end" IS NULL OR "o"."end" > ${now}))`;
  const owned = sql`EXISTS (SELECT 1 FROM "service_team" AS "t" WHERE "t"."service_id" = "v"."id")`;
  const rows = await reader.read(
    sql`SELECT "v"."id", "v"."escalation_policy_id" IS NOT NULL AND ${owned} AS "owned", ${onCall} AS "on_call" FROM "service" AS "v"`,
    signal,
  );
  const services = new Map(rows.map((row) => [row.id, row]));
  return (service) => {
    const { owned = false, on_call = false } = services.get(service) ?? {};
    if (!owned) return 0;
    return known ? Number(on_call) : null;
  };
}

const REASONS: Readonly<Record<string, string>> = {
  auto_resolved_share: 'none of its incidents was resolved in the range',
  transient_share: 'none of its incidents was resolved in the range',
  false_positive_share: 'no incident is known to be actionable or not',
  supported: 'nobody knows who is on call: on-call time is not harvested',
  actionable: 'no incident is known to be actionable or not',
  share: 'nobody was interrupted in the range',
};

/** Why cells of these rows are null, one notice for each column in which some are. */
export function nullReasons(rows: readonly Readonly<Record<string, unknown>>[]): Notice[] {
  return Object.entries(REASONS)
    .filter(([column]) => rows.some((row) => row[column] === null))
    .map(([column, reason]) => ({ severity: 'info', text: `${column} is empty where ${reason}.` }));
}
