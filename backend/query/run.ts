import type { Plans } from '../budgets/files.ts';
import { accountHours } from '../calendar/hours.ts';
import type { FileSettings } from '../config.ts';
import type { Query, QueryRequest, QueryResponse, QueryResult, Status } from '../contract.ts';
import { AppError, codeOf, messageOf, STATUS_OF } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Seats } from '../seats.ts';
import type { Reader } from '../store/store.ts';
import { gapFrom } from './bounds.ts';
import type { QueryContext } from './context.ts';
import { honestyOf, noticesOf, readCoverage } from './coverage.ts';
import { directoryNotices } from './directory-notices.ts';
import { framesOf } from './frame.ts';
import { METRICS } from './metrics/index.ts';
import { filtersSeen, ownFilters } from './people/filters.ts';
import { answerSeen } from './people/seen.ts';
import { viewOf } from './people/view.ts';
import { lookUp, readQuestion } from './question.ts';
import { TYPES } from './types/index.ts';

const MOST_QUERIES = 100;

/** What answering needs: the data, the settings and the budgets as their files say now. */
export interface Answering {
  reader: Reader;
  settings: FileSettings;
  plans: () => Plans;
  /** Hash of all by which answers can differ, as it is at the moment. */
  configuration: () => string;
  /** What the backend says of itself. */
  status?: () => Promise<Status>;
  /** How many queries, of all who ask, are worked on at a time; all of them where this is not told. */
  seats?: Seats;
  log: Log;
}

/** Answers every query of a request side by side, as far as there are seats; one that fails does not spoil the others. */
export async function runQueries(
  request: QueryRequest,
  answering: Answering,
  signal: AbortSignal,
): Promise<QueryResponse> {
  const { reader, settings } = answering;
  if (request.queries.length > MOST_QUERIES) {
    throw new AppError(
      'too_large',
      `queries has ${request.queries.length} entries, more than ${MOST_QUERIES}: split the request`,
    );
  }
  refuseDoubles(request.queries.map((query) => query?.refId));
  const [coverage, view] = await Promise.all([
    readCoverage(reader, signal),
    viewOf(reader, settings.people, request.viewer, signal),
  ]);
  const shared: Omit<QueryContext, 'bounds'> = {
    reader,
    settings,
    hours: accountHours(settings),
    coverage,
    plans: answering.plans,
    configuration: answering.configuration(),
    status: answering.status ?? null,
    view,
    signal,
  };
  const results = await Promise.all(
    request.queries.map(async (query, index): Promise<[string, QueryResult]> => {
      const refId = typeof query?.refId === 'string' ? query.refId : String(index);
      const failed = (error: unknown) => failure(error, answering.log, refId, signal);
      const work = () => timed(query, answering, () => runQuery(query, shared).catch(failed));
      return [refId, await (answering.seats?.one(work, signal).catch(failed) ?? work())];
    }),
  );
  return { results: Object.fromEntries(results) };
}

function refuseDoubles(refIds: readonly unknown[]): void {
  const double = refIds.find((refId, index) => typeof refId === 'string' && refIds.indexOf(refId) !== index);
  if (double)
    throw new AppError('invalid_query', `refId "${double}" is there twice: give each query its own`);
}

async function runQuery(input: unknown, shared: Omit<QueryContext, 'bounds'>): Promise<QueryResult> {
  const asked = readQuestion(input, shared.settings.timeZone ?? 'UTC');
  const type = lookUp('queryType', asked.queryType, TYPES);
  const { view, reader, signal, coverage } = shared;
  const begins = [asked.from, asked.from - (asked.to - asked.from)];
  const gaps = await Promise.all(begins.map((begin) => gapFrom(reader, begin, signal)));
  const bounds = { last: coverage.last, gaps };
  const context = { ...shared, bounds };
  const own = type.perPerson?.(asked) ? ownFilters(view) : [];
  const filters = [...(await filtersSeen(asked.filters, view, reader, signal)), ...own];
  const question = { ...asked, filters };
  const answer = answerSeen(await type.answer(question, context), view);
  const { since } = answer;
  const known = honestyOf(context.coverage, { from: question.from, since }, question.zone.name);
  const honesty = { ...known, configuration: context.configuration };
  return {
    status: 200,
    frames: framesOf(question.refId, answer, honesty, [
      ...noticesOf(context.coverage, honesty),
      ...directoryNotices(context.coverage, question),
    ]),
  };
}

/** Notes a query that took long: its type and metric by their known names, never what it asks about. */
async function timed(
  query: Query | undefined,
  { log, settings }: Answering,
  answer: () => Promise<QueryResult>,
): Promise<QueryResult> {
  const begun = performance.now();
  const result = await answer();
  const ms = Math.round(performance.now() - begun);
  if (ms < settings.slowQuery) return result;
  const rows = result.frames.reduce((sum, { data }) => sum + (data.values[0]?.length ?? 0), 0);
  const known = {
    queryType: nameAmong(TYPES, query?.queryType),
    metric: nameAmong(METRICS, query?.metric),
  };
  log.warn({ ...known, ms, rows, status: result.status }, 'a slow query');
  return result;
}

function nameAmong(catalogue: object, name: unknown): string | undefined {
  return typeof name === 'string' && Object.hasOwn(catalogue, name) ? name : undefined;
}

function failure(error: unknown, log: Log, refId: string, signal: AbortSignal): QueryResult {
  if (signal.aborted)
    return { status: 499, frames: [], error: 'The request was cancelled.', errorSource: 'downstream' };
  const code = codeOf(error);
  const ours = STATUS_OF[code] >= 500;
  if (ours) log.error({ err: error, code, refId }, 'a query failed');
  const text = code === 'internal' ? 'Pagebudget failed to answer; its log says why.' : messageOf(error);
  return { status: STATUS_OF[code], frames: [], error: text, errorSource: ours ? 'plugin' : 'downstream' };
}
