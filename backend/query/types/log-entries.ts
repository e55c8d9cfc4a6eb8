import { byUser } from '../../model/facts/entries.ts';
import { column, instant, isIn, join, sql, type Value } from '../../sql/statement.ts';
import type { Row } from '../../store/store.ts';
import { number, seconds, text, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import type { TableAnswer } from '../frame.ts';
import { withLinks } from '../links.ts';
import { type LogLine, levelOf, peopleIn, sentenceOf, sentenceWithoutPeople } from '../log-lines.ts';
import { newest, USUAL_ROWS } from '../newest.ts';
import { named } from '../row-sql.ts';
import { ofThemselves, selectedRows } from '../selected-rows.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  time('time', 'Time'),
  text('body', 'Line', {
    personal: 'mentioned',
    otherwise: { cell: 'body_without_people', of: 'body_of' },
  }),
  text('level', 'Level', { description: 'By what happened and by the urgency of the incident.' }),
  text('id', 'Id'),
  text('type', 'Type', { description: "PagerDuty's own." }),
  number('incident', 'Incident', { unit: 'none' }),
  text('incident_id', 'Incident id'),
  ...thing('user', 'Person', { description: 'Who did it, or who was notified.', personal: 'mentioned' }),
  ...thing('service', 'Service'),
  text('channel', 'Channel', { description: 'Through what it came: website, api, timeout and others.' }),
  seconds('duration', 'Duration', { description: 'Of a snooze.' }),
];

/** Every step of the incidents, as a log. */
export const log_entries: QueryType = {
  title: 'Log entries',
  description: "Every step in the incidents' lives, as log lines for Explore.",
  fields: [FIELDS.filters, { ...FIELDS.limit, placeholder: String(USUAL_ROWS) }],
  example: { limit: 500 },
  async answer(question, context): Promise<TableAnswer> {
    const selected = await selectedRows('entry', 'created_at', { question, context });
    const reading = {
      ...ofThemselves(selected),
      columns: () => SELECTED,
      at: column('e', 'created_at'),
      tie: column('e', 'id'),
      what: 'log entries',
    };
    const { rows, notices } = await newest(reading, question.limit, context);
    const [columns, titles] = await Promise.all([withLinks(COLUMNS, context), titlesOf(rows, context)]);
    const lines = rows.map((row) => {
      const title = titles.get(row.incident_id ?? null) ?? null;
      return { ...row, ...lineOf({ ...row, title } as unknown as LogLine) };
    });
    return { kind: 'table', preferred: 'logs', columns, rows: lines, notices };
  },
};

/** The titles of the rows' incidents, by id; looked for where these were opened alone, as there are many titles. */
async function titlesOf(rows: readonly Row[], { reader, signal }: QueryContext): Promise<Map<Value, string>> {
  const known = rows.filter((row) => row.opened !== null);
  if (known.length === 0) return new Map();
  const opened = known.map((row) => Number(row.opened));
  const [first, last] = [instant(Math.min(...opened)), instant(Math.max(...opened))] as const;
  const ids = [...new Set(known.map((row) => String(row.incident_id)))];
  const found = await reader.read<{ id: string; title: string }>(
    sql`SELECT "id", "title" FROM "incident" WHERE "created_at" BETWEEN ${first} AND ${last} AND ${isIn(sql`"id"`, ids)}`,
    signal,
  );
  return new Map(found.map(({ id, title }) => [id, title]));
}

function lineOf(line: LogLine) {
  const agent = byUser(line) ? line.agent : null;
  return {
    body: sentenceOf({ ...line, agent }),
    body_without_people: sentenceWithoutPeople(line),
    body_of: peopleIn(line),
    level: levelOf(line),
    user: line.notified ?? agent,
    user_id: line.user_id ?? (byUser(line) ? line.agent_id : null),
  };
}

const person = (id: 'agent_id' | 'user_id') => {
  const whose = id === 'agent_id' ? sql`"e"."agent_id"` : sql`"e"."user_id"`;
  return sql`COALESCE((SELECT "u"."name" FROM "user" AS "u" WHERE "u"."id" = ${whose}), ${whose})`;
};

const SELECTED = join(
  [
    sql`"e"."created_at" AS "time", "e"."id", "e"."type", "e"."incident_id", "e"."channel_type" AS "channel"`,
    sql`"e"."agent_type", "e"."agent_id", "e"."user_id", "e"."channel_type", "e"."notification_type"`,
    sql`"e"."duration", "e"."note"`,
    sql`"f"."number", "f"."number" AS "incident", "f"."created_at" AS "opened", "f"."urgency"`,
    sql`${person('agent_id')} AS "agent", ${person('user_id')} AS "notified"`,
    named('service', sql`COALESCE("f"."service_id", "e"."service_id")`),
  ],
  ', ',
);
