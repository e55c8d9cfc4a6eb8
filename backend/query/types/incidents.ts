import { column, instant, join, sql } from '../../sql/statement.ts';
import { flag, number, seconds, text, thing, time } from '../column.ts';
import { EARLIEST_PAGE } from '../families.ts';
import type { TableAnswer } from '../frame.ts';
import { newest, USUAL_ROWS } from '../newest.ts';
import { named } from '../row-sql.ts';
import { ofThemselves, selectedRows } from '../selected-rows.ts';
import { withTeams } from '../teams.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const OPEN = { title: 'Open in PagerDuty', url: '${__data.fields.url}' };

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
    const selected = await selectedRows('incident', 'created_at', { question, context });
    const reading = {
      ...ofThemselves(selected),
      columns: columnsFrom,
      at: column('f', 'created_at'),
      tie: column('f', 'number'),
      what: 'incidents',
    };
    const { rows, notices } = await newest(reading, question.limit, context);
    return { kind: 'table', columns: COLUMNS, rows: await withTeams(rows, 'id', context), notices };
  },
};

/** How many pages of an incident created at or after an instant are interruptions. */
const interruptions = (from: number) =>
  sql`(SELECT count(*) FROM "page" AS "x" WHERE "x"."incident_id" = "f"."incident_id" AND "x"."time" >= ${instant(from - EARLIEST_PAGE)} AND "x"."interruption")`;

const columnsFrom = (from: number) =>
  join(
    [
      sql`"f"."created_at" AS "time"`,
      sql`"f"."number", "f"."incident_id" AS "id", "i"."title", "f"."status", "f"."urgency", "i"."url"`,
      named('priority', column('f', 'priority_id')),
      named('service', column('f', 'service_id')),
      named('escalation_policy', column('f', 'escalation_policy_id')),
      sql`"f"."time_to_acknowledge", "f"."time_to_resolve", "f"."resolved_by", "f"."notifications"`,
      sql`"f"."pages", ${interruptions(from)} AS "interruptions"`,
      sql`"f"."category", "f"."fingerprint_title" AS "fingerprint", "f"."fingerprint" AS "fingerprint_id"`,
      sql`"f"."actionable", "f"."transient", "f"."flapping"`,
    ],
    ', ',
  );
