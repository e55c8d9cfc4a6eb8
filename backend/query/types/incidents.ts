import { join, type Statement, sql, whole } from '../../sql/statement.ts';
import { flag, number, seconds, text, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { FAMILIES } from '../families.ts';
import { resolveFilters } from '../filter.ts';
import type { TableAnswer } from '../frame.ts';
import type { Question } from '../question.ts';
import { MOST_ROWS } from '../rows.ts';
import { select } from '../select.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const OPEN = { title: 'Open in PagerDuty', url: '${__data.fields.url}' };

/** Rows of an answer where the question sets no limit. */
const USUAL_ROWS = 1000;

const COLUMNS = [
  time('time', 'Created'),
  number('number', 'Number', { unit: 'none', link: OPEN }),
  text('id', 'Id'),
  text('title', 'Title', { link: OPEN }),
  text('status', 'Status'),
  text('urgency', 'Urgency'),
  ...thing('priority', 'Priority'),
  ...thing('service', 'Service'),
  text('teams', 'Teams'),
  text('team_ids', 'Team ids'),
  ...thing('escalation_policy', 'Escalation policy'),
  seconds('time_to_acknowledge', 'Time to acknowledge', {
    description: 'To the first acknowledge by a person.',
  }),
  seconds('time_to_resolve', 'Time to resolve', {
    description: 'Empty while open and for merged incidents.',
  }),
  text('resolved_by', 'Resolved by', { description: 'user, timeout or integration.' }),
  number('notifications', 'Notifications', { description: 'Contact attempts, e-mails included.' }),
  number('pages', 'Pages'),
  number('interruptions', 'Interruptions'),
  text('category', 'Category'),
  ...thing('fingerprint', 'Alert'),
  text('actionable', 'Actionable', { description: 'yes, no or unknown.' }),
  flag('transient', 'Transient'),
  flag('flapping', 'Flapping'),
  text('url', 'URL'),
];

/** The incidents created in the range, the newest first. */
export const incidents: QueryType = {
  title: 'Incidents',
  description: 'The incidents created in the range, with what they cost and how they behaved.',
  fields: [FIELDS.filters, { ...FIELDS.limit, placeholder: String(USUAL_ROWS) }],
  example: { limit: 100 },
  async answer(question, context): Promise<TableAnswer> {
    const most = Math.min(question.limit ?? USUAL_ROWS, MOST_ROWS);
    const selected = await selection(question, context);
    const [counted] = await context.reader.read(
      sql`SELECT count(*) AS "n" FROM ${selected.from} WHERE ${selected.where}`,
      context.signal,
    );
    const rows = await context.reader.read(rowsOf(selected, most), context.signal);
    const found = Number(counted?.n ?? 0);
    const notice = `Showing the newest ${most} of ${found} incidents: raise the limit or narrow the filters.`;
    return {
      kind: 'table',
      columns: COLUMNS,
      rows,
      notices: found > most ? [{ severity: 'warning', text: notice }] : [],
    };
  },
};

async function selection(question: Question, context: QueryContext) {
  const matchers = await resolveFilters(context.reader, question.filters, context.signal);
  const { from, to, zone } = question;
  return select(
    {
      family: 'incident',
      instant: FAMILIES.incident.instants.created_at,
      from,
      to,
      zone,
      hours: context.hours,
      matchers,
    },
    [],
  );
}

function rowsOf({ from, where }: { from: Statement; where: Statement }, most: number): Statement {
  const teams = (expression: Statement) =>
    sql`(SELECT string_agg(${expression}, ', ' ORDER BY COALESCE("t"."name", "x"."team_id"), "x"."team_id") FROM "incident_team" AS "x" LEFT JOIN "team" AS "t" ON "t"."id" = "x"."team_id" WHERE "x"."incident_id" = "i"."id")`;
  const pages = (condition: Statement) =>
    sql`(SELECT count(*) FROM "page" AS "x" WHERE "x"."incident_id" = "i"."id" AND ${condition})`;
  const named = (table: Statement, id: Statement) =>
    sql`COALESCE((SELECT "n"."name" FROM ${table} AS "n" WHERE "n"."id" = ${id}), ${id})`;
  const columns = [
    sql`"i"."created_at" AS "time"`,
    sql`"i"."number", "i"."id", "i"."title", "i"."status", "i"."urgency", "i"."url"`,
    sql`${named(sql`"priority"`, sql`"i"."priority_id"`)} AS "priority", "i"."priority_id"`,
    sql`${named(sql`"service"`, sql`"i"."service_id"`)} AS "service", "i"."service_id"`,
    sql`${named(sql`"escalation_policy"`, sql`"i"."escalation_policy_id"`)} AS "escalation_policy", "i"."escalation_policy_id"`,
    sql`${teams(sql`COALESCE("t"."name", "x"."team_id")`)} AS "teams"`,
    sql`${teams(sql`"x"."team_id"`)} AS "team_ids"`,
    sql`"f"."time_to_acknowledge", "f"."time_to_resolve", "f"."resolved_by", "f"."notifications"`,
    sql`${pages(sql`TRUE`)} AS "pages"`,
    sql`${pages(sql`"x"."interruption"`)} AS "interruptions"`,
    sql`"f"."category", "f"."fingerprint_title" AS "fingerprint", "f"."fingerprint" AS "fingerprint_id"`,
    sql`"f"."actionable", "f"."transient", "f"."flapping"`,
  ];
  return sql`SELECT ${join(columns, ', ')} FROM ${from} WHERE ${where} ORDER BY "i"."created_at" DESC, "i"."number" DESC LIMIT ${whole(most)}`;
}
