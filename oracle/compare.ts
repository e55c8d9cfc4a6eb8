import type { Answer, GivenRow } from './answer.ts';
import { budgetStatusAnswer, burnDownAnswers, burnRateAnswer } from './budget-answer.ts';
import type { AlertBudget } from './budgets.ts';
import { type Difference, differencesOf } from './cells.ts';
import { columnFaults, columnsFor } from './columns.ts';
import { coverageAnswer } from './coverage.ts';
import { onCallGapsAnswer, onCallNowAnswer, onCallShiftsAnswer } from './duty-list.ts';
import { logEntriesAnswer } from './entry-list.ts';
import { episodesAnswer } from './episodes.ts';
import type { Facts } from './facts.ts';
import { columnsOf, type Frame, mapCells, noticesOf, seriesRows, tableRows } from './frames.ts';
import { metricMapAnswer, nightMapAnswer } from './heatmaps.ts';
import { incidentsAnswer } from './incident-list.ts';
import { metricAnswer } from './metric-answer.ts';
import { nightAnswer } from './nights.ts';
import { noiseAnswer } from './noise.ts';
import { pagesAnswer } from './page-list.ts';
import { peopleAnswer } from './person-list.ts';
import type { BudgetQuery, MetricQuery, NightMapQuery, OnCallQuery, Query, TableQuery } from './query.ts';
import { budgetShiftsAnswer } from './shift-list.ts';
import { type SloDocument, sloOverTimeAnswer, sloStatusAnswer } from './slos.ts';

/** A backend's address and the token that it asks its clients for. */
export interface Backend {
  url: string;
  token: string;
}

/** What the oracle answers from: the facts of the account and the documents in force. */
export interface Oracle {
  facts: Facts;
  budgets: AlertBudget[];
  slos: SloDocument[];
  /** Answers that were worked out before, for another backend that is asked the same. */
  known?: WeakMap<Query, Answer[]>;
}

/** A question, and whether the backend should refuse it. */
export interface Question {
  query: Query;
  refused?: boolean;
}

/** One disagreement between backend and oracle, with the question and the notices of the answer. */
export interface Mismatch extends Difference {
  question: Query;
  notices: string[];
}

interface Result {
  status?: number;
  error?: string;
  frames?: Frame[];
}

type Answerer<Q> = (oracle: Oracle, query: Q, given: GivenRow[]) => Answer[];

const answerers: Record<string, Answerer<never>> = {
  metric: ({ facts }, query: MetricQuery) => [metricAnswer(facts, query)],
  'metric heatmap': ({ facts }, query: MetricQuery) => [metricMapAnswer(facts, query)],
  'night heatmap': ({ facts }, query: NightMapQuery) => [nightMapAnswer(facts, query)],
  incidents: ({ facts }, query: TableQuery) => [incidentsAnswer(facts, query)],
  night: ({ facts }, query: TableQuery) => [nightAnswer(facts, query)],
  noise: ({ facts }, query: TableQuery) => [noiseAnswer(facts, query)],
  pages: ({ facts }, query: TableQuery) => [pagesAnswer(facts, query)],
  log_entries: ({ facts }, query: TableQuery) => [logEntriesAnswer(facts, query)],
  episodes: ({ facts }, query: TableQuery) => [episodesAnswer(facts, query)],
  people: ({ facts }, query: TableQuery) => [peopleAnswer(facts, query)],
  'on_call now': ({ facts }, query: OnCallQuery) => [onCallNowAnswer(facts, query)],
  'on_call shifts': ({ facts }, query: OnCallQuery) => [onCallShiftsAnswer(facts, query)],
  'on_call gaps': ({ facts }, query: OnCallQuery) => [onCallGapsAnswer(facts, query)],
  coverage: ({ facts }) => [coverageAnswer(facts)],
  'budget status': ({ facts, budgets }, query: BudgetQuery) => [budgetStatusAnswer(facts, query, budgets)],
  'budget shifts': ({ facts, budgets }, query: BudgetQuery) => [budgetShiftsAnswer(facts, query, budgets)],
  'budget burn_down': ({ facts, budgets }, query: BudgetQuery, given) =>
    burnDownAnswers(facts, query, budgets, given),
  'budget burn_rate': ({ facts, budgets }, query: BudgetQuery, given) => [
    burnRateAnswer(facts, query, budgets, given),
  ],
  'slo burn_down': ({ facts, slos }, query: BudgetQuery, given) => [
    sloOverTimeAnswer(facts, query, slos, given),
  ],
  'slo burn_rate': ({ facts, slos }, query: BudgetQuery, given) => [
    sloOverTimeAnswer(facts, query, slos, given),
  ],
  'slo status': ({ facts, slos }, query: BudgetQuery) => [sloStatusAnswer(facts, query, slos)],
};

/** Each question has a connection of its own, as working an answer out may take longer than an idle one is kept. */
async function ask(backend: Backend, query: Query): Promise<Result> {
  const response = await fetch(`${backend.url}/query`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${backend.token}`,
      connection: 'close',
    },
    body: JSON.stringify({ queries: [query] }),
  });
  const text = await response.text();
  if (!response.ok) return { status: response.status, error: text || response.statusText };
  const { results } = JSON.parse(text) as { results: Record<string, Result> };
  return results[query.refId] ?? { error: `The answer holds no result ${query.refId}.` };
}

function plain(row: GivenRow): GivenRow {
  if (typeof row.night !== 'number') return row;
  return { ...row, night: new Date(row.night).toISOString().slice(0, 10) };
}

const isMap = (query: Query) => 'format' in query && query.format === 'heatmap';

/** The name of a question's answerer: its type, with its view or that it is drawn as a heat map. */
function nameOf(query: Query): string {
  if (isMap(query)) return `${query.queryType} heatmap`;
  return 'view' in query ? `${query.queryType} ${query.view}` : query.queryType;
}

function givenRows(query: Query, frames: Frame[]): GivenRow[] {
  if (isMap(query)) return mapCells(frames);
  const isSeries = query.queryType === 'metric' && query.format === 'time_series';
  return isSeries ? seriesRows(frames, query.metric) : tableRows(frames).map(plain);
}

function frameFaults(oracle: Oracle, query: Query, frames: Frame[]): string[] {
  const isTable = !isMap(query) && (query.queryType !== 'metric' || query.format === 'table');
  const drawn = frames.filter(({ schema }) => isMap(query) && schema.meta?.type !== 'heatmap-rows');
  const columns = isTable ? frames.flatMap((frame) => columnFaults(columnsFor(query), columnsOf(frame))) : [];
  const custom = frames.map(({ schema }) => schema.meta?.custom ?? {});
  const zones = custom.filter(({ timeZone }) => timeZone !== query.timeZone);
  const stale = custom.filter(
    ({ harvestedUntil }) => instantOf(harvestedUntil) !== oracle.facts.harvestedUntil,
  );
  return [
    ...columns,
    ...drawn.map(({ schema }) => `the answer is no heat map but ${schema.meta?.type}`),
    ...zones.map(({ timeZone }) => `the answer says it used the zone ${String(timeZone)}`),
    ...stale.map(({ harvestedUntil }) => `the answer says harvested until ${String(harvestedUntil)}`),
  ];
}

function instantOf(time: unknown): number {
  return typeof time === 'number' ? time : Date.parse(String(time));
}

function fault(text: string): Difference {
  return { row: '', column: '(answer)', expected: undefined, given: text };
}

/** Where several answers are right, which of them holds depends on the one given, so it is worked out each time. */
const OPEN = new Set(['budget burn_down', 'budget burn_rate', 'slo burn_down', 'slo burn_rate']);

function answersTo(oracle: Oracle, name: string, query: Query, given: GivenRow[]): Answer[] {
  const answerer = answerers[name] as Answerer<Query> | undefined;
  if (!answerer) throw new Error(`The oracle has no answer to ${name}.`);
  const answers = oracle.known?.get(query) ?? answerer(oracle, query, given);
  if (!OPEN.has(name)) oracle.known?.set(query, answers);
  return answers;
}

/** The most rows that one answer may have; one that has more says how many it leaves out. */
const MOST_ROWS = 10_000;

function isCut(given: GivenRow[], frames: Frame[]): boolean {
  const said = new RegExp(`^Showing ${MOST_ROWS} of \\d+ rows`);
  return given.length === MOST_ROWS && noticesOf(frames).some((notice) => said.test(notice));
}

function judge(oracle: Oracle, query: Query, frames: Frame[]): { differences: Difference[]; cells: number } {
  const given = givenRows(query, frames);
  const name = nameOf(query);
  const faults = frameFaults(oracle, query, frames).map(fault);
  const judged = answersTo(oracle, name, query, given).map((answer) => differencesOf(answer, given));
  const best = judged.toSorted((a, b) => a.differences.length - b.differences.length)[0];
  const leftOut = isCut(given, frames)
    ? ({ column, given: row }: Difference) => column === '(row)' && row === undefined
    : () => false;
  const differences = (best?.differences ?? []).filter((difference) => !leftOut(difference));
  return { differences: [...faults, ...differences], cells: best?.cells ?? 0 };
}

/** Puts one question to the backend and compares every cell of the answer with what the oracle works out. */
export async function compare(
  oracle: Oracle,
  backend: Backend,
  { query, refused }: Question,
): Promise<{ mismatches: Mismatch[]; numbers: number }> {
  const result = await ask(backend, query);
  const frames = result.frames ?? [];
  const notices = noticesOf(frames);
  const report = (differences: Difference[], numbers: number) => ({
    mismatches: differences.map((difference) => ({ ...difference, question: query, notices })),
    numbers,
  });
  const isRefused = Boolean(result.error);
  if (refused) return report(isRefused ? [] : [fault('was answered, but should have been refused')], 0);
  if (isRefused) return report([fault(`${result.status ?? ''} ${result.error}`)], 0);
  const { differences, cells } = judge(oracle, query, frames);
  return report(differences, cells);
}
