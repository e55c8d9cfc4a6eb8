import { MINUTE } from '../../clock.ts';
import { titleOf } from '../../model/facts/fingerprint.ts';
import { column, join, name, type Statement, sql, whole } from '../../sql/statement.ts';
import type { Row } from '../../store/store.ts';
import {
  nullReasons,
  QUALITY_COLUMNS,
  QUALITY_JOINS,
  qualityFigures,
  supportOfServices,
} from '../alert-quality.ts';
import { number, share, thing } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { FAMILIES, type Family } from '../families.ts';
import { type Matcher, namesOf, resolveFilters } from '../filter.ts';
import type { TableAnswer } from '../frame.ts';
import type { Question } from '../question.ts';
import { cutAt, MOST_ROWS } from '../rows.ts';
import { select } from '../select.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  ...thing('fingerprint', 'Alert'),
  ...thing('service', 'Service'),
  number('incidents', 'Incidents'),
  number('pages', 'Pages'),
  number('interruptions', 'Interruptions'),
  number('sleep_interruptions', 'Night interruptions'),
  number('awake_minutes', 'Awake', { unit: 'm', description: "Minutes of people's nights that it took." }),
  share('share', 'Share', { description: 'Of all interruptions in the range.' }),
  share('auto_resolved_share', 'Auto-resolved', { description: 'Of its incidents resolved in the range.' }),
  share('transient_share', 'Transient', {
    description: 'Gone by itself within minutes, of its incidents resolved in the range.',
  }),
  number('flapping_incidents', 'Flapping', { description: 'Incidents that came and went.' }),
  share('false_positive_share', 'False positives', {
    description: 'Of the incidents known to be actionable or not.',
  }),
  share('unknown_share', 'Unknown', {
    description: 'Incidents of which nobody knows whether they were actionable.',
  }),
  ...QUALITY_COLUMNS,
];

/** Which alerts cost the most: those with an incident in the range, by interruptions. */
export const noise: QueryType = {
  title: 'Alert noise',
  description: 'Alerts ranked by the interruptions they cause, with how they behave.',
  fields: [FIELDS.filters, FIELDS.limit],
  example: { limit: 50 },
  async answer(question, context): Promise<TableAnswer> {
    const matchers = await resolveFilters(context.reader, question.filters, context.signal);
    const most = Math.min(question.limit ?? MOST_ROWS, MOST_ROWS);
    const [ranked, supportOf] = await Promise.all([
      context.reader.read(costliest(question, context, matchers, most), context.signal),
      supportOfServices(context),
    ]);
    const [alerts, interruptions] = [
      Number(ranked[0]?.all_alerts ?? 0),
      Number(ranked[0]?.all_interruptions ?? 0),
    ];
    const rows = ranked.map((row) => ({
      ...row,
      fingerprint: titleOf(String(row.fingerprint_id)),
      share: interruptions === 0 ? null : Number(row.interruptions) / interruptions,
      supported: supportOf(String(row.service_id)),
    }));
    const { notices } = cutAt(alerts, question.limit, 'alerts');
    return {
      kind: 'table',
      columns: COLUMNS,
      rows: await named(rows, context),
      notices: [...notices, ...nullReasons(rows)],
    };
  },
};

const CREATED = sql`max("f"."service_id") AS "service_id", count(*) AS "incidents", count(*) FILTER (WHERE "f"."flapping") AS "flapping_incidents", count(*) FILTER (WHERE "f"."actionable" = 'no') * 1.0 / NULLIF(count(*) FILTER (WHERE "f"."actionable" <> 'unknown'), 0) AS "false_positive_share", count(*) FILTER (WHERE "f"."actionable" = 'unknown') * 1.0 / count(*) AS "unknown_share"`;
const RESOLVED = sql`avg(CASE WHEN "f"."auto_resolved" THEN 1.0 ELSE 0.0 END) AS "auto_resolved_share", avg(CASE WHEN "f"."transient" THEN 1.0 ELSE 0.0 END) AS "transient_share"`;
const PAGED = sql`count(*) AS "pages", count(*) FILTER (WHERE "p"."interruption") AS "interruptions", count(*) FILTER (WHERE "p"."interruption" AND "p"."hour_class" = 'sleep') AS "sleep_interruptions", CAST(sum("p"."awake_at_night") AS float8) / ${whole(MINUTE)} AS "awake_minutes"`;

interface Asked {
  family: Family;
  instant: Statement;
  figures: Statement;
  where?: Statement;
  joins?: Statement;
}

/** The alerts by cost, `most` at most, each with how many there are and the interruptions of all, those without an incident in the range among them. */
function costliest(
  question: Question,
  context: QueryContext,
  matchers: readonly Matcher[],
  most: number,
): Statement {
  const ask = (asked: Asked) => byFingerprint(context, question, matchers, asked);
  const created = ask({
    family: 'incident',
    instant: FAMILIES.incident.instants.created_at,
    figures: sql`${CREATED}, ${qualityFigures(context.settings)}`,
    joins: QUALITY_JOINS,
  });
  const resolved = ask({
    family: 'incident',
    instant: FAMILIES.incident.instants.resolved_at,
    figures: RESOLVED,
    where: sql`"f"."status" = 'resolved' AND NOT "f"."merged"`,
  });
  const paged = ask({ family: 'people', instant: FAMILIES.people.instants.time, figures: PAGED });
  return sql`WITH "created" AS (${created}), "resolved" AS (${resolved}), "paged" AS (${paged}) SELECT "c".*, "r"."auto_resolved_share", "r"."transient_share", ${join(OF_PAGES, ', ')}, count(*) OVER () AS "all_alerts", (SELECT sum("interruptions") FROM "paged") AS "all_interruptions" FROM "created" AS "c" LEFT JOIN "resolved" AS "r" ON "r"."fingerprint_id" = "c"."fingerprint_id" LEFT JOIN "paged" AS "n" ON "n"."fingerprint_id" = "c"."fingerprint_id" ORDER BY "interruptions" DESC, "pages" DESC, "incidents" DESC, "fingerprint_id" LIMIT ${whole(most)}`;
}

/** Of an alert that paged nobody 0, and not null, which is unknown. */
const OF_PAGES = ['pages', 'interruptions', 'sleep_interruptions', 'awake_minutes'].map(
  (figure) =>
    sql`CASE WHEN "n"."fingerprint_id" IS NULL THEN 0 ELSE ${column('n', figure)} END AS ${name(figure)}`,
);

function byFingerprint(
  { bounds, hours }: QueryContext,
  { from, to, zone }: Question,
  matchers: readonly Matcher[],
  asked: Asked,
): Statement {
  const selected = select(
    { ...asked, from, to, bounds, zone, hours, matchers },
    ['fingerprint'],
    asked.figures,
  );
  return sql`SELECT ${join(selected.values, ', ')} AS "fingerprint_id", ${asked.figures} FROM ${selected.from} WHERE ${selected.where} GROUP BY 1`;
}

async function named(rows: readonly Row[], context: QueryContext): Promise<Row[]> {
  const names = await namesOf(
    context.reader,
    DIMENSIONS.service,
    rows.map((row) => row.service_id ?? null),
    context.signal,
  );
  return rows.map((row) => ({ ...row, service: names.get(String(row.service_id)) ?? null }));
}
