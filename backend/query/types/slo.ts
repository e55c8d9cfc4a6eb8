import type { Slo } from '../../budgets/openslo.ts';
import { type SloStatus, type Span, sloStatus } from '../../budgets/slo.ts';
import { TIME_RULE_NAMES } from '../../budgets/windows.ts';
import type { Notice } from '../../contract.ts';
import { instant, sql } from '../../sql/statement.ts';
import { flag, number, seconds, share, text, thing } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { FAMILIES } from '../families.ts';
import { type Matcher, resolveFilters } from '../filter.ts';
import type { Answer } from '../frame.ts';
import { begunBeforeHarvest, chosenPlans, faultNotices } from '../plans.ts';
import { choose, type Question } from '../question.ts';
import { select } from '../select.ts';
import { listed, NOT_OWN, passes, selectedBy } from '../selection.ts';
import { FIELDS, nameField, viewField } from './fields.ts';
import type { QueryType } from './type.ts';

const RULE_TITLES = {
  page_fast: 'page fast',
  page_slow: 'page slow',
  ticket_fast: 'ticket fast',
  ticket_slow: 'ticket slow',
} as const;

const COLUMNS = [
  text('slo', 'SLO'),
  ...thing('service', 'Service'),
  share('target', 'Target'),
  share('sli', 'SLI', { description: 'Share of the window without an open high-urgency incident.' }),
  share('remaining', 'Error budget left', { description: 'Below 0 when it is overspent.' }),
  seconds('bad_seconds', 'Bad time'),
  ...TIME_RULE_NAMES.flatMap((rule) => [
    number(`burn_${rule}`, `Burn ${RULE_TITLES[rule]}`, {
      unit: 'none',
      description: "Over the rule's long window: 1 spends the error budget exactly in the SLO's window.",
    }),
    flag(`state_${rule}`, `Fires ${RULE_TITLES[rule]}`, {
      description: 'Both windows burn at or above the factor.',
    }),
  ]),
];

/** How each SLO stands. */
export const slo: QueryType = {
  title: 'SLOs',
  description: 'How much of each error budget is left, and how fast it burns.',
  fields: [
    viewField([{ value: 'status', label: 'Status', description: 'One row for each SLO' }]),
    nameField('SLO'),
    FIELDS.filters,
  ],
  example: { view: 'status' },
  async answer(question, context): Promise<Answer> {
    choose('view', question.view, ['status']);
    const filters = await resolveFilters(context.reader, question.filters, context.signal);
    const { plans, faults } = chosenPlans('slo', context.plans(), question.name);
    const all = await Promise.all(plans.map((plan) => standingOf(plan, question, context)));
    const shown = all.filter(({ selected }) => passes(selected, filters));
    const notices: Notice[] = [...faultNotices(faults), ...shown.flatMap((standing) => standing.notices)];
    return { kind: 'table', columns: COLUMNS, rows: shown.map(({ row }) => row), notices };
  },
};

async function standingOf(plan: Slo, question: Question, context: QueryContext) {
  const selected = await selectedBy(`SLO ${plan.name}`, { service: plan.services }, context);
  const { from, until } = context.coverage;
  const about = {
    slo: plan.name,
    service: listed(selected, 'service', 'name'),
    service_id: listed(selected, 'service', 'id'),
    target: plan.target,
  };
  if ('fault' in selected) return { selected, notices: [selected.fault], row: about };
  if (from === null || until === null || question.to <= from) return { selected, notices: [], row: about };
  const at = Math.min(question.to, until);
  const spans = await openTimes(selected.matchers, at, until, question, context);
  const status = sloStatus({ slo: plan, spans, at, harvestedFrom: from });
  const notices = begunBeforeHarvest(plan.name, status.start, from);
  return { selected, notices, row: { ...about, ...cellsOf(status) } };
}

/** When high-urgency incidents of the selection were open, those still open until harvested-until. */
async function openTimes(
  matchers: readonly Matcher[],
  at: number,
  until: number,
  question: Question,
  context: QueryContext,
): Promise<Span[]> {
  const selected = select(
    {
      family: 'incident',
      instant: FAMILIES.incident.instants.created_at,
      from: 0,
      to: at,
      zone: question.zone,
      hours: context.hours,
      matchers,
      where: sql`"i"."urgency" = 'high' AND ${NOT_OWN}`,
    },
    [],
  );
  const rows = await context.reader.read(
    sql`SELECT "i"."created_at" AS "start", COALESCE("i"."resolved_at", ${instant(until)}) AS "end" FROM ${selected.from} WHERE ${selected.where}`,
    context.signal,
  );
  return rows.map((row) => ({ start: Number(row.start), end: Number(row.end) }));
}

function cellsOf({ sli, remaining, bad_seconds, rules }: SloStatus) {
  const burns = TIME_RULE_NAMES.flatMap((rule) => [
    [`burn_${rule}`, rules[rule]?.burn ?? null],
    [`state_${rule}`, rules[rule]?.state ?? null],
  ]);
  return { sli, remaining, bad_seconds, ...Object.fromEntries(burns) };
}
