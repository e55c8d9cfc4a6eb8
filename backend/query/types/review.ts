import { DAY } from '../../clock.ts';
import { sql, type Value } from '../../sql/statement.ts';
import { text } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { iso } from '../coverage.ts';
import type { TableAnswer } from '../frame.ts';
import type { Question } from '../question.ts';
import {
  budgetRemarks,
  countRemark,
  type Noun,
  nightRemark,
  noiseRemarks,
  OPEN_SINCE,
  openRemark,
  type Remark,
} from '../review.ts';
import { MOST_ROWS } from '../rows.ts';
import { selectedRows } from '../selected-rows.ts';
import { budget } from './budget.ts';
import { FIELDS, PERSON_DIMENSIONS } from './fields.ts';
import { metric } from './metric.ts';
import { namedNights } from './night.ts';
import { noise } from './noise.ts';
import type { QueryType } from './type.ts';

const COLUMNS = [
  text('mood', 'State', { description: 'good, watch, bad, or unknown where something is not harvested.' }),
  text('about', 'About'),
  text('sentence', 'In words'),
  text('dashboard', 'Dashboard', { description: 'The uid of the dashboard that shows more.' }),
];

/** How the period went, in sentences, each with the place to look. */
export const review: QueryType = {
  title: 'Review',
  description: 'How the period went in words: load, budgets, noise, nights and what is open.',
  fields: [FIELDS.filters],
  example: {},
  async answer(asked, context): Promise<TableAnswer> {
    const question = { ...asked, limit: MOST_ROWS };
    const parts = await Promise.all([
      counted(
        'paged_incidents',
        'Paged incidents',
        ['incident paged somebody', 'incidents paged somebody'],
        question,
        context,
      ),
      counted(
        'interruptions',
        'Interruptions',
        ['interruption of a person', 'interruptions of people'],
        question,
        context,
      ),
      counted(
        'sleep_interruptions',
        'Nights',
        ['interruption by night', 'interruptions by night'],
        question,
        context,
      ),
      nights(question, context),
      budgets(question, context),
      rowsOf(noise, question, context).then(noiseRemarks),
      open(question, context),
    ]);
    return { kind: 'table', columns: COLUMNS, rows: parts.flat().map((remark) => ({ ...remark })) };
  },
};

const DASHBOARDS: Readonly<Record<string, string>> = {
  paged_incidents: 'pagebudget-slo-burn',
  interruptions: 'pagebudget-alert-noise',
  sleep_interruptions: 'pagebudget-night-pages',
};

async function counted(
  name: string,
  about: string,
  noun: Noun,
  question: Question,
  context: QueryContext,
): Promise<Remark[]> {
  const asked = { ...question, metric: name, format: 'table', compare: 'previous' };
  const [row] = await rowsOf(metric, asked, context);
  return [countRemark(about, noun, { ...row, now: row?.[name] ?? null }, DASHBOARDS[name] ?? '')];
}

/** Of all filters only the teams choose among budgets: what one counts is written in its file. */
async function budgets(question: Question, context: QueryContext): Promise<Remark[]> {
  const filters = question.filters.filter(({ dimension }) => dimension === 'team');
  return budgetRemarks(await rowsOf(budget, { ...question, filters, view: 'status' }, context));
}

/** Left out where a filter goes with incidents only: a night is a person's, whatever disturbed it. */
async function nights(question: Question, context: QueryContext): Promise<Remark[]> {
  if (question.filters.some(({ dimension }) => !PERSON_DIMENSIONS.includes(dimension))) return [];
  const rows = await namedNights(question, context);
  const seen = rows.map(({ broken, user, user_id }) => ({
    broken,
    person: context.view.show(user_id, user)?.name ?? null,
  }));
  return [nightRemark(seen)];
}

/** What is open does not begin with the range. */
async function open(question: Question, context: QueryContext): Promise<Remark[]> {
  if (context.coverage.until === null) return [openRemark(null, null)];
  const unresolved = { dimension: 'status', op: '!=' as const, values: ['resolved'] };
  const filters = [...question.filters, unresolved];
  const from = question.to - OPEN_SINCE * DAY;
  const selected = await selectedRows('incident', 'created_at', {
    question: { ...question, from, filters },
    context,
  });
  const { from: rows, where } = selected(OPEN);
  const [found] = await context.reader.read(sql`SELECT ${OPEN} FROM ${rows} WHERE ${where}`, context.signal);
  const oldest = found?.oldest;
  const since = typeof oldest === 'number' ? iso(oldest).slice(0, 16).replace('T', ' ') : null;
  return [openRemark(Number(found?.open), since && `${since} UTC`)];
}

const OPEN = sql`count(*) AS "open", min("f"."created_at") AS "oldest"`;

async function rowsOf(
  type: QueryType,
  question: Question,
  context: QueryContext,
): Promise<readonly Readonly<Record<string, Value>>[]> {
  const answer = await type.answer(question, context);
  return answer.kind === 'table' ? answer.rows : [];
}
