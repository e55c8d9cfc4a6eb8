import { MINUTE } from '../../clock.ts';
import { titleOf } from '../../model/facts/fingerprint.ts';
import { join, type Statement, sql, type Value, whole } from '../../sql/statement.ts';
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
import { cut } from '../rows.ts';
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
    const ask = (asked: Asked) => byFingerprint(context, question, matchers, asked);
    const [created, resolved, paged, supportOf] = await Promise.all([
      ask({
        family: 'incident',
        instant: FAMILIES.incident.instants.created_at,
        figures: sql`${CREATED}, ${qualityFigures(context.settings)}`,
        joins: QUALITY_JOINS,
      }),
      ask({
        family: 'incident',
        instant: FAMILIES.incident.instants.resolved_at,
        figures: RESOLVED,
        where: sql`"f"."status" = 'resolved' AND NOT "f"."merged"`,
      }),
      ask({ family: 'people', instant: FAMILIES.people.instants.time, figures: PAGED }),
      supportOfServices(context),
    ]);
    const all = [...paged.values()].reduce((sum, row) => sum + Number(row.interruptions), 0);
    const rows = [...created].map(([fingerprint, row]) => ({
      ...row,
      ...(resolved.get(fingerprint) ?? NOTHING_RESOLVED),
      ...(paged.get(fingerprint) ?? NOTHING_PAGED),
      fingerprint: titleOf(fingerprint),
      fingerprint_id: fingerprint,
      share: all === 0 ? null : Number(paged.get(fingerprint)?.interruptions ?? 0) / all,
      supported: supportOf(String(row.service_id)),
    }));
    const { kept, notices } = cut(ranked(rows), question.limit, 'alerts');
    return {
      kind: 'table',
      columns: COLUMNS,
      rows: await named(kept, context),
      notices: [...notices, ...nullReasons(kept)],
    };
  },
};

const CREATED = sql`max("f"."service_id") AS "service_id", count(*) AS "incidents", count(*) FILTER (WHERE "f"."flapping") AS "flapping_incidents", count(*) FILTER (WHERE "f"."actionable" = 'no') * 1.0 / NULLIF(count(*) FILTER (WHERE "f"."actionable" <> 'unknown'), 0) AS "false_positive_share", count(*) FILTER (WHERE "f"."actionable" = 'unknown') * 1.0 / count(*) AS "unknown_share"`;
const RESOLVED = sql`avg(CASE WHEN "f"."auto_resolved" THEN 1.0 ELSE 0.0 END) AS "auto_resolved_share", avg(CASE WHEN "f"."transient" THEN 1.0 ELSE 0.0 END) AS "transient_share"`;
const PAGED = sql`count(*) AS "pages", count(*) FILTER (WHERE "p"."interruption") AS "interruptions", count(*) FILTER (WHERE "p"."interruption" AND "p"."hour_class" = 'sleep') AS "sleep_interruptions", CAST(sum("p"."awake_at_night") AS float8) / ${whole(MINUTE)} AS "awake_minutes"`;

const NOTHING_RESOLVED = { auto_resolved_share: null, transient_share: null };
const NOTHING_PAGED = { pages: 0, interruptions: 0, sleep_interruptions: 0, awake_minutes: 0 };

interface Asked {
  family: Family;
  instant: Statement;
  figures: Statement;
  where?: Statement;
  joins?: Statement;
}

async function byFingerprint(
  context: QueryContext,
  question: Question,
  matchers: readonly Matcher[],
  asked: Asked,
): Promise<Map<string, Row>> {
  const { from, to, zone } = question;
  const { bounds } = context;
  const selected = select(
    { ...asked, from, to, bounds, zone, hours: context.hours, matchers },
    ['fingerprint'],
    asked.figures,
  );
  const rows = await context.reader.read(
    sql`SELECT ${join(selected.values, ', ')} AS "key", ${asked.figures} FROM ${selected.from} WHERE ${selected.where} GROUP BY 1`,
    context.signal,
  );
  return new Map(rows.map(({ key, ...figures }) => [String(key), figures]));
}

type Ranked = Record<string, Value> & { fingerprint_id: string };

function ranked(rows: Ranked[]): Ranked[] {
  const by = (row: Ranked) => [Number(row.interruptions), Number(row.pages), Number(row.incidents)];
  return rows.sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    const differing = x.findIndex((figure, index) => figure !== y[index]);
    if (differing >= 0) return (y[differing] ?? 0) - (x[differing] ?? 0);
    return a.fingerprint_id < b.fingerprint_id ? -1 : 1;
  });
}

async function named(rows: readonly Ranked[], context: QueryContext): Promise<Ranked[]> {
  const names = await namesOf(
    context.reader,
    DIMENSIONS.service,
    rows.map((row) => row.service_id ?? null),
    context.signal,
  );
  return rows.map((row) => ({ ...row, service: names.get(String(row.service_id)) ?? null }));
}
