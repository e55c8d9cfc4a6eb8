import { HOUR, hourAfter, hourAt } from '../../clock.ts';
import { column, instant, join, type Statement, sql } from '../../sql/statement.ts';
import { number, text, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { EPISODE_GAP, episodeBeginnings } from '../episodes.ts';
import type { TableAnswer } from '../frame.ts';
import { newest, USUAL_ROWS } from '../newest.ts';
import type { Question } from '../question.ts';
import { named } from '../row-sql.ts';
import { selectedRows } from '../selected-rows.ts';
import { FIELDS } from './fields.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  time('time', 'Begin'),
  time('end', 'End', {
    description: 'When the last of its incidents was resolved; empty while one is open.',
  }),
  ...thing('service', 'Service'),
  number('incidents', 'Incidents'),
  number('pages', 'Pages'),
  text('first_title', 'First title'),
];

/** The episodes that begin in the range: their first incident is what filters look at. */
export const episodes: QueryType = {
  title: 'Episodes',
  description: 'Runs of incidents of one service, each within 10 minutes of the one before.',
  fields: [FIELDS.filters, { ...FIELDS.limit, placeholder: String(USUAL_ROWS) }],
  example: { limit: 100 },
  async answer(question, context): Promise<TableAnswer> {
    const until = await endOfRuns(question, context);
    const selected = await selectedRows('incident', 'created_at', { question, context });
    const reading = {
      found: selected(sql``, { where: isFirst(hourAt(question.from), hourAfter(question.to)) }),
      shown: (columns: Statement, from: number) => {
        const joins = sql`JOIN ${runs(from, until)} AS "r" ON "r"."first_id" = "f"."incident_id"`;
        return selected(columns, { from, joins });
      },
      columns: () => SELECTED,
      at: column('f', 'created_at'),
      tie: column('f', 'incident_id'),
      what: 'episodes',
    };
    const { rows, notices } = await newest(reading, question.limit, context);
    return { kind: 'table', columns: COLUMNS, rows, notices };
  },
};

const SELECTED = join(
  [
    sql`"f"."created_at" AS "time", "r"."end", "r"."incidents", "r"."pages", "i"."title" AS "first_title"`,
    named('service', column('f', 'service_id')),
  ],
  ', ',
);

/** True of incidents created in [from, to) that begin an episode. */
function isFirst(from: number, to: number): Statement {
  return sql`"f"."incident_id" IN (SELECT "b"."id" FROM ${episodeBeginnings(from, to)} AS "b" WHERE "b"."begins")`;
}

/** The episodes among the incidents of [from, until), each by its first incident; what went on before `from` is left out. */
function runs(from: number, until: number): Statement {
  const number = sql`sum(CASE WHEN "begins" THEN 1 ELSE 0 END) OVER (PARTITION BY "service_id" ORDER BY "created_at", "id")`;
  const numbered = sql`SELECT *, ${number} AS "run" FROM ${episodeBeginnings(from, until)} AS "b"`;
  const open = sql`count(*) FILTER (WHERE "x"."status" <> 'resolved' OR "x"."resolved_at" IS NULL)`;
  return sql`(SELECT min(CASE WHEN "n"."begins" THEN "n"."id" END) AS "first_id", count(*) AS "incidents", CAST(sum("x"."pages") AS bigint) AS "pages", CASE WHEN ${open} = 0 THEN max("x"."resolved_at") END AS "end" FROM (${numbered}) AS "n" JOIN "incident_fact" AS "x" ON "x"."incident_id" = "n"."id" AND "x"."created_at" = "n"."created_at" WHERE "n"."run" > 0 GROUP BY "n"."service_id", "n"."run")`;
}

/** An instant from `to` on over which no episode reaches. */
async function endOfRuns({ to }: Question, { reader, coverage, signal }: QueryContext): Promise<number> {
  const first = hourAfter(to);
  const last = coverage.until ?? first;
  for (let end = first; end < last; end += HOUR) {
    const span = (from: number, until: number) =>
      sql`(SELECT "service_id", "created_at" FROM "incident" WHERE "created_at" >= ${instant(from)} AND "created_at" < ${instant(until)})`;
    const [row] = await reader.read(
      sql`SELECT count(*) AS "pairs" FROM ${span(end - EPISODE_GAP, end)} AS "a" JOIN ${span(end, end + EPISODE_GAP)} AS "b" ON "a"."service_id" = "b"."service_id" AND "b"."created_at" <= "a"."created_at" + INTERVAL '10 minutes'`,
      signal,
    );
    if (row?.pairs === 0) return end;
  }
  return Math.max(first, last);
}
