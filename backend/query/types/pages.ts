import { column, join, type Statement, sql } from '../../sql/statement.ts';
import { flag, number, text, thing, time } from '../column.ts';
import { iso } from '../coverage.ts';
import type { TableAnswer } from '../frame.ts';
import { withLinks } from '../links.ts';
import { newest, USUAL_ROWS } from '../newest.ts';
import { named } from '../row-sql.ts';
import { ofThemselves, selectedRows } from '../selected-rows.ts';
import { withTeams } from '../teams.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  time('time', 'Time'),
  text('local_time', 'Local time', { description: "On the person's wall clock." }),
  ...thing('user', 'Person', { personal: true }),
  number('incident', 'Incident', { unit: 'none' }),
  text('incident_id', 'Incident id'),
  ...thing('service', 'Service'),
  text('teams', 'Teams'),
  text('team_ids', 'Team ids'),
  ...thing('escalation_policy', 'Escalation policy'),
  ...thing('schedule', 'Schedule', { description: 'On which the person was on call in the policy.' }),
  text('urgency', 'Urgency', { description: 'At the time of the page.' }),
  ...thing('priority', 'Priority', { description: 'At the time of the page.' }),
  text('means', 'Means', { description: 'push, sms, phone or unknown: of its first notification.' }),
  text('hour_class', 'Hour class', { description: "business, off or sleep on the person's wall clock." }),
  text('night', 'Night', { description: "The date on which the person's night began." }),
  number('notifications', 'Notifications', { description: 'Contact attempts in it.' }),
  flag('interruption', 'Interruption', { description: 'The first page of a burst.' }),
];

/** The pages to people in the range, the newest first. */
export const pages: QueryType = {
  title: 'Pages',
  description: 'Every page to a person, with the wall clock it came at and what it was about.',
  fields: [FIELDS.filters, { ...FIELDS.limit, placeholder: String(USUAL_ROWS) }],
  example: { limit: 100 },
  perPerson: () => true,
  async answer(question, context): Promise<TableAnswer> {
    const selected = await selectedRows('people', 'time', { question, context });
    const reading = {
      ...ofThemselves(selected),
      columns: () => SELECTED,
      at: column('p', 'time'),
      tie: column('p', 'id'),
      what: 'pages',
    };
    const { rows, notices } = await newest(reading, question.limit, context);
    const shown = (await withTeams(rows, 'incident_id', context)).map((row) => ({
      ...row,
      local_time: wallClock(Number(row.local_time)),
    }));
    return { kind: 'table', columns: await withLinks(COLUMNS, context), rows: shown, notices };
  },
};

const wallClock = (local: number) => iso(local).slice(0, 19).replace('T', ' ');

const schedules = (expression: Statement) =>
  sql`(SELECT string_agg(${expression}, ', ' ORDER BY COALESCE("s"."name", "o"."id"), "o"."id") FROM (SELECT DISTINCT "schedule_id" AS "id" FROM "on_call" WHERE "user_id" = "p"."user_id" AND "escalation_policy_id" = "p"."escalation_policy_id" AND "schedule_id" IS NOT NULL AND ("start" IS NULL OR "start" <= "p"."time") AND ("end" IS NULL OR "end" > "p"."time")) AS "o" LEFT JOIN "schedule" AS "s" ON "s"."id" = "o"."id")`;

const SELECTED = join(
  [
    sql`"p"."time", "p"."local_time", "p"."means", "p"."hour_class", "p"."night", "p"."urgency"`,
    sql`"p"."notifications", "p"."interruption", "f"."number" AS "incident", "p"."incident_id"`,
    named('user', column('p', 'user_id')),
    named('service', column('p', 'service_id')),
    named('escalation_policy', column('p', 'escalation_policy_id')),
    sql`${schedules(sql`COALESCE("s"."name", "o"."id")`)} AS "schedule"`,
    sql`${schedules(sql`"o"."id"`)} AS "schedule_id"`,
    named('priority', column('p', 'priority_id')),
  ],
  ', ',
);
