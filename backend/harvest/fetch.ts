import { createHash } from 'node:crypto';
import { SECOND } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { RowOf } from '../model/index.ts';
import type { Client } from '../pagerduty/client.ts';
import type { Endpoint } from '../pagerduty/endpoints/endpoint.ts';
import { TIMED, type TimedStream } from '../pagerduty/endpoints/index.ts';
import { addReading, emptyReading, type ReadContext, type Reading } from '../pagerduty/endpoints/reading.ts';
import type { Parameters } from '../pagerduty/exchange.ts';
import { ListTooLong, PagerDutyError } from '../pagerduty/failure.ts';
import { type Span, smaller, spansOf } from './plan.ts';

/** What reading takes: the client, what rows need to know, and the signal that ends it. */
export interface Source {
  client: Client;
  context: Omit<ReadContext, 'at'>;
  /** The stamp of an answer: PagerDuty's clock, but never less than that of an earlier answer. */
  stamp(serverTime: number): number;
  signal: AbortSignal;
}

/** A whole list as rows. */
export interface Fetched {
  reading: Reading;
  received: number;
  /** PagerDuty's clock at the first page, epoch milliseconds. */
  serverTime: number;
}

/** Bounds may be inclusive or not (undocumented), so more is asked than is kept. */
const SLACK = {
  incidents: { before: SECOND, after: 0 },
  log_entries: { before: SECOND, after: 0 },
  on_call: { before: 0, after: 0 },
} as const satisfies Record<TimedStream, Slack>;

/** A second alone, for PagerDuty's bounds as well; asked for only where its neighbours are too much. */
const NARROW: Slack = { before: 1, after: -1 };

/** What is asked of time before and after a span, ms. */
interface Slack {
  before: number;
  after: number;
}

/** So many rows and not one of a known form: the endpoint itself has changed. */
const FORM_UNKNOWN_FROM = 10;

/** Reads a list to its end. Throws as the client does, and AppError `upstream` where no row of it makes sense. */
export async function fetchList(
  source: Source,
  stream: string,
  endpoint: Endpoint,
  parameters: Parameters = [],
  wanted: (raw: unknown) => boolean = () => true,
): Promise<Fetched> {
  const fetched: Fetched = { reading: emptyReading(), received: 0, serverTime: 0 };
  const strange: RowOf<'strange_row'>[] = [];
  const asked = [...endpoint.parameters, ...parameters];
  for await (const page of source.client.pages(endpoint, asked, source.signal)) {
    fetched.serverTime ||= page.serverTime;
    const context = { ...source.context, at: source.stamp(page.serverTime) };
    for (const raw of page.items.filter(wanted)) {
      const reading = endpoint.parse(raw, context, fetched.received);
      if (reading) addReading(fetched.reading, reading);
      else strange.push({ stream, id: identityOf(raw), seen_at: page.serverTime });
      fetched.received += 1;
    }
  }
  if (fetched.received >= FORM_UNKNOWN_FROM && fetched.received === strange.length) {
    throw new AppError('upstream', `PagerDuty's rows of ${endpoint.path} have a form that is not known.`);
  }
  if (strange.length > 0) addReading(fetched.reading, { rows: { strange_row: strange } });
  return fetched;
}

/** What names a row of which nothing else is kept: its id, else a digest. */
function identityOf(raw: unknown): string {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null;
  return typeof id === 'string'
    ? id
    : createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 16);
}

/** Reads what a stream holds of a span; rows of [start, end) only, for on-calls those that overlap it. */
export async function fetchSpan(
  source: Source,
  stream: TimedStream,
  span: Span,
  filters: Parameters = [],
): Promise<Fetched> {
  try {
    return await fetchWith(source, stream, span, filters, SLACK[stream]);
  } catch (error) {
    const isSecond = span.end - span.start <= SECOND && stream !== 'on_call';
    if (!(error instanceof ListTooLong) || !isSecond) throw error;
    return fetchWith(source, stream, span, filters, NARROW);
  }
}

function fetchWith(
  source: Source,
  stream: TimedStream,
  span: Span,
  filters: Parameters,
  slack: Slack,
): Promise<Fetched> {
  const bounds: Parameters = [
    ['since', new Date(span.start - slack.before).toISOString()],
    ['until', new Date(span.end + slack.after).toISOString()],
    ['time_zone', 'UTC'],
  ];
  return fetchList(source, stream, TIMED[stream], [...filters, ...bounds], (raw) => isWithin(raw, span));
}

/** What is done about a second that holds more rows than PagerDuty lets anybody reach. */
export type Beyond = (second: Span, error: ListTooLong) => Promise<void>;

/** Does `work` on a span, in ever smaller pieces, oldest first, where the whole is too much for PagerDuty; down to a second. */
export async function inPieces(
  span: Span,
  work: (piece: Span) => Promise<void>,
  beyond: Beyond,
): Promise<void> {
  try {
    await work(span);
  } catch (error) {
    const pieces = isTooMuch(error) ? piecesOf(span, error) : null;
    if (pieces) for (const piece of pieces) await inPieces(piece, work, beyond);
    else if (error instanceof ListTooLong) await beyond(span, error);
    else throw error;
  }
}

/** Does `work` on a span in steps of a length, oldest first, each in pieces where PagerDuty needs it. */
export async function inSteps(
  whole: Span,
  step: number,
  work: (piece: Span) => Promise<void>,
  beyond: Beyond,
): Promise<void> {
  for (const span of spansOf(whole, step)) await inPieces(span, work, beyond);
}

/** The pieces in which a span is read that was too much as a whole; null where it cannot be cut. */
export function piecesOf(span: Span, error: unknown): Span[] | null {
  return smaller(span, error instanceof ListTooLong ? error.total : null);
}

/** True for a failure that a smaller span may cure. */
export function isTooMuch(error: unknown): boolean {
  if (error instanceof ListTooLong) return true;
  return error instanceof PagerDutyError && (error.kind === 'slow' || error.kind === 'unsteady');
}

function isWithin(raw: unknown, span: Span): boolean {
  if (typeof raw !== 'object' || raw === null || !('created_at' in raw)) return true;
  const at = Date.parse(String(raw.created_at));
  return Number.isNaN(at) || (at >= span.start && at < span.end);
}
