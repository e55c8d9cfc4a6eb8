import type { Slo } from '../../budgets/openslo.ts';
import { type SloStatus, type SloUse, type Span, sloOverTime, sloStatus } from '../../budgets/slo.ts';
import { type BurnRuleName, TIME_RULE_NAMES } from '../../budgets/windows.ts';
import type { Notice } from '../../contract.ts';
import { instant, sql } from '../../sql/statement.ts';
import { type Column, flag, number, seconds, share, text, thing, time } from '../column.ts';
import type { QueryContext } from '../context.ts';
import { FAMILIES } from '../families.ts';
import { type Matcher, resolveFilters } from '../filter.ts';
import type { Answer } from '../frame.ts';
import { drawnOverTime, instantsIn } from '../instants.ts';
import { begunBeforeHarvest, chosenPlans, faultNotices } from '../plans.ts';
import { choose, type Question } from '../question.ts';
import { cut } from '../rows.ts';
import { select } from '../select.ts';
import { listed, notOwn, passes, type Selected, selectedBy } from '../selection.ts';
import { FIELDS, nameField, viewField } from './fields.ts';
import type { QueryType } from './type.ts';

/** What the burn over a rule's long window is called, and that the rule fires. */
const RULE_TITLES = {
  page_fast: ['Burn over 1 hour', 'Fires page fast'],
  page_slow: ['Burn over 6 hours', 'Fires page slow'],
  ticket_fast: ['Burn over 1 day', 'Fires ticket fast'],
  ticket_slow: ['Burn over 3 days', 'Fires ticket slow'],
} as const satisfies Record<BurnRuleName, readonly [burn: string, fires: string]>;

const LONG_WINDOW = "Over the rule's long window: 1 spends the error budget exactly in the SLO's window.";

const COLUMNS = [
  text('slo', 'SLO'),
  ...thing('service', 'Service'),
  share('target', 'Target'),
  share('sli', 'SLI', { description: 'Share of the window without an open high-urgency incident.' }),
  share('remaining', 'Error budget left', { description: 'Below 0 when it is overspent.' }),
  seconds('bad_seconds', 'Bad time'),
  ...TIME_RULE_NAMES.flatMap((rule) => [
    number(`burn_${rule}`, RULE_TITLES[rule][0], {
      unit: 'none',
      description: LONG_WINDOW,
    }),
    flag(`state_${rule}`, RULE_TITLES[rule][1], {
      description: 'Both windows burn at or above the factor.',
    }),
  ]),
  text('selection', 'Selection', {
    description: 'What it counts, as variables and range of the dashboard Alert noise.',
  }),
];

const BURN_DOWN = [
  time('time', 'Time'),
  seconds('bad_seconds', 'Bad time', { description: "In the SLO's window before each instant." }),
  share('remaining', 'Error budget left', { description: 'Below 0 when it is overspent.' }),
];

const BURN_RATE = [
  time('time', 'Time'),
  ...TIME_RULE_NAMES.map((rule) =>
    number(`burn_${rule}`, RULE_TITLES[rule][0], { unit: 'none', description: LONG_WINDOW }),
  ),
];

const VIEWS = {
  status: statusAnswer,
  burn_down: (all, question) => overTime(all, BURN_DOWN, question),
  burn_rate: (all, question) => overTime(all, BURN_RATE, question),
} as const satisfies Record<string, (standings: readonly Standing[], question: Question) => Answer>;

/** How each SLO stands, and stood over the range. */
export const slo: QueryType = {
  title: 'SLOs',
  description: 'How much of each error budget is left, and how fast it burns.',
  fields: [
    viewField([
      { value: 'status', label: 'Status', description: 'One row for each SLO' },
      { value: 'burn_down', label: 'Burn-down', description: 'What was left at each instant of the range' },
      { value: 'burn_rate', label: 'Burn rate', description: 'How fast it burned, one line for each rule' },
    ]),
    nameField('SLO'),
    FIELDS.filters,
    FIELDS.limit,
  ],
  example: { view: 'status' },
  async answer(question, context): Promise<Answer> {
    const view = choose('view', question.view, ['status', 'burn_down', 'burn_rate']);
    const filters = await resolveFilters(context.reader, question.filters, context.signal);
    const { plans, faults } = chosenPlans('slo', context.plans(), question.name);
    const all = await Promise.all(plans.map((plan) => standingOf(plan, question, context)));
    const shown = all.filter(({ selected }) => passes(selected, filters));
    const answer = VIEWS[view](shown, question);
    return { ...answer, notices: [...faultNotices(faults), ...(answer.notices ?? [])] };
  },
};

/** An SLO with when it was bad. */
interface Standing {
  plan: Slo;
  selected: Selected;
  /** Null where the selection cannot be looked up or nothing is harvested yet. */
  use: SloUse | null;
}

async function standingOf(plan: Slo, question: Question, context: QueryContext): Promise<Standing> {
  const selected = await selectedBy(`SLO ${plan.name}`, { service: plan.services }, context);
  const { from, until } = context.coverage;
  if ('fault' in selected || from === null || until === null || question.to <= from)
    return { plan, selected, use: null };
  const at = Math.min(question.to, until);
  const spans = await openTimes(selected.matchers, at, until, question, context);
  return { plan, selected, use: { slo: plan, spans, at, harvestedFrom: from } };
}

function statusAnswer(standings: readonly Standing[], { limit }: Question): Answer {
  const { kept, notices } = cut(standings, limit, 'SLOs');
  const statuses = kept.map((standing) => ({
    ...standing,
    status: standing.use ? sloStatus(standing.use) : null,
  }));
  const begun = kept.flatMap(({ plan, use }) => (use ? begunNotices(plan, use, use.at) : []));
  const rows = statuses.map(({ plan, selected, use, status }) => ({
    slo: plan.name,
    service: listed(selected, 'service', 'name'),
    service_id: listed(selected, 'service', 'id'),
    target: plan.target,
    ...(status ? cellsOf(status) : {}),
    selection: use && selectionOf(use, selected),
  }));
  return { kind: 'table', columns: COLUMNS, rows, notices: [...notices, ...faultsOf(standings), ...begun] };
}

/** The urgent incidents of an SLO's services in its window, as the query of a dashboard's address. */
function selectionOf({ slo, at }: SloUse, selected: Selected): string | null {
  if ('fault' in selected) return null;
  const variables = new URLSearchParams();
  for (const { id } of selected.things.service ?? []) variables.append('var-service', id);
  variables.append('var-urgency', 'high');
  variables.append('from', String(at - slo.window));
  variables.append('to', String(at));
  return variables.toString();
}

function overTime(standings: readonly Standing[], columns: readonly Column[], question: Question): Answer {
  const known = standings.flatMap(({ plan, use }) => (use ? [{ plan, use }] : []));
  const drawing = { lines: columns.length - 1, limit: question.limit, what: 'SLOs' };
  const { drawn, notices } = drawnOverTime(known, ({ use }) => instantsIn(question, use.at), drawing);
  const tables = drawn.map(({ thing: { plan, use }, instants }) => {
    const rows = sloOverTime(use, instants).map((status, index) => ({
      time: instants[index] ?? null,
      ...(status ? cellsOf(status) : {}),
    }));
    return { name: plan.name, labels: { slo: plan.name }, rows };
  });
  const begun = drawn.flatMap(({ thing: { plan, use } }) => begunNotices(plan, use, question.from));
  return { kind: 'tables', columns, tables, notices: [...notices, ...faultsOf(standings), ...begun] };
}

/** The selections at fault. */
function faultsOf(standings: readonly Standing[]): Notice[] {
  return standings.flatMap(({ selected }) => ('fault' in selected ? [selected.fault] : []));
}

/** A window that begins before what is harvested, as of the first instant told. */
function begunNotices(plan: Slo, { harvestedFrom }: SloUse, first: number): Notice[] {
  return begunBeforeHarvest(plan.name, first - plan.window, harvestedFrom);
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
      where: sql`"f"."urgency" = 'high' AND ${notOwn('incident')}`,
    },
    [],
    sql``,
  );
  const rows = await context.reader.read(
    sql`SELECT "f"."created_at" AS "start", COALESCE("f"."resolved_at", ${instant(until)}) AS "end" FROM ${selected.from} WHERE ${selected.where}`,
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
