import { SECOND } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Client } from '../pagerduty/client.ts';
import type { Endpoint } from '../pagerduty/endpoints/endpoint.ts';
import { TIMED, type TimedStream } from '../pagerduty/endpoints/index.ts';
import { addReading, emptyReading, type ReadContext, type Reading } from '../pagerduty/endpoints/reading.ts';
import type { Parameters } from '../pagerduty/exchange.ts';
import { ListTooLong, PagerDutyError } from '../pagerduty/failure.ts';
import { halves, type Span } from './plan.ts';

/** What reading takes: the client, what rows need to know, and the signal that ends it. */
export interface Source {
  client: Client;
  context: Omit<ReadContext, 'at'>;
  signal: AbortSignal;
}

/** A whole list as rows. */
export interface Fetched {
  reading: Reading;
  received: number;
  /** Rows without what makes them one (no id, no time), which nothing can keep. */
  senseless: number;
  /** PagerDuty's clock at the first page, epoch milliseconds. */
  serverTime: number;
}

/** Bounds may be inclusive or not (undocumented), so more is asked than is kept. */
const SLACK = {
  incidents: SECOND,
  log_entries: SECOND,
  on_call: 0,
} as const satisfies Record<TimedStream, number>;

/** So many rows and not one of a known form: the endpoint itself has changed. */
const FORM_UNKNOWN_FROM = 10;

/** Reads a list to its end. Throws as the client does, and AppError `upstream` where no row of it makes sense. */
export async function fetchList(
  source: Source,
  endpoint: Endpoint,
  parameters: Parameters = [],
  wanted: (raw: unknown) => boolean = () => true,
): Promise<Fetched> {
  const fetched: Fetched = { reading: emptyReading(), received: 0, senseless: 0, serverTime: 0 };
  const asked = [...endpoint.parameters, ...parameters];
  for await (const page of source.client.pages(endpoint, asked, source.signal)) {
    fetched.serverTime ||= page.serverTime;
    const context = { ...source.context, at: page.serverTime };
    for (const raw of page.items.filter(wanted)) {
      const reading = endpoint.parse(raw, context, fetched.received);
      if (reading) addReading(fetched.reading, reading);
      else fetched.senseless += 1;
      fetched.received += 1;
    }
  }
  if (fetched.received >= FORM_UNKNOWN_FROM && fetched.received === fetched.senseless) {
    throw new AppError('upstream', `PagerDuty's rows of ${endpoint.path} have a form that is not known.`);
  }
  return fetched;
}

/** Reads what a stream holds of a span; rows of [start, end) only, for on-calls those that overlap it. */
export function fetchSpan(
  source: Source,
  stream: TimedStream,
  span: Span,
  filters: Parameters = [],
): Promise<Fetched> {
  const slack = SLACK[stream];
  const bounds: Parameters = [
    ['since', new Date(span.start - slack).toISOString()],
    ['until', new Date(span.end + slack).toISOString()],
    ['time_zone', 'UTC'],
  ];
  return fetchList(source, TIMED[stream], [...filters, ...bounds], (raw) => isWithin(raw, span));
}

/** Does `work` on a span, in ever smaller pieces, oldest first, where the whole is too much for PagerDuty. */
export async function inPieces(span: Span, work: (piece: Span) => Promise<void>): Promise<void> {
  try {
    await work(span);
  } catch (error) {
    const pieces = isTooMuch(error) ? halves(span) : null;
    if (!pieces) throw error;
    for (const piece of pieces) await inPieces(piece, work);
  }
}

/** Does `work` on a span in steps of a length, oldest first, each in pieces where PagerDuty needs it. */
export async function inSteps(
  whole: Span,
  step: number,
  work: (piece: Span) => Promise<void>,
): Promise<void> {
  for (let start = whole.start; start < whole.end; start += step) {
    await inPieces({ start, end: Math.min(start + step, whole.end) }, work);
  }
}

/** True for a failure that a smaller span may cure. */
export function isTooMuch(error: unknown): boolean {
  return error instanceof ListTooLong || (error instanceof PagerDutyError && error.kind === 'slow');
}

function isWithin(raw: unknown, span: Span): boolean {
  if (typeof raw !== 'object' || raw === null || !('created_at' in raw)) return true;
  const at = Date.parse(String(raw.created_at));
  return Number.isNaN(at) || (at >= span.start && at < span.end);
}
