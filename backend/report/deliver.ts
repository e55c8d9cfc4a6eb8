import { type Clock, MINUTE, SECOND } from '../clock.ts';

/** What became of a message: arrived, refused for good, sent without an answer, so that nobody knows, or given up for the signal before anything arrived. */
export type Delivery =
  | { state: 'sent' }
  | { state: 'stopped' }
  | { state: 'failed' | 'unknown'; reason: string };

/** What posting takes. */
export interface Post {
  url: string;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  signal: AbortSignal;
}

const TIMEOUT = 30 * SECOND;
const TRIES = 8;
const LONGEST_WAIT = 15 * MINUTE;

/** Failures before anything was sent, after which a second attempt cannot post twice. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Answers of a gateway that may have handed the message on. */
const MAYBE_SENT = new Set([502, 504]);

/** Posts a message once: tried again only where it surely did not arrive (no connection, 429, 500, 503), with growing pauses. */
export async function deliver(message: object, post: Post): Promise<Delivery> {
  let reason = '';
  for (let tried = 1; tried <= TRIES && !post.signal.aborted; tried += 1) {
    const outcome = await attempt(message, post);
    if (!('retryAfter' in outcome)) return outcome;
    reason = outcome.reason;
    const wait = outcome.retryAfter ?? Math.min(LONGEST_WAIT, 15 * SECOND * 2 ** (tried - 1));
    if (tried < TRIES) await post.clock.sleep(wait, post.signal);
  }
  return post.signal.aborted ? { state: 'stopped' } : { state: 'failed', reason };
}

type Again = { retryAfter: number | null; reason: string };

async function attempt(message: object, { url, fetch, signal }: Post): Promise<Delivery | Again> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
    });
    if (response.ok) return { state: 'sent' };
    const reason = `the webhook answered ${response.status}: ${(await response.text()).slice(0, 200)}`;
    if (MAYBE_SENT.has(response.status)) return { state: 'unknown', reason };
    if (response.status !== 429 && response.status < 500) return { state: 'failed', reason };
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { retryAfter: Number.isNaN(seconds) ? null : seconds * SECOND, reason };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
    if (NOT_SENT.has(code)) return { retryAfter: null, reason: `the webhook cannot be reached (${code})` };
    return { state: 'unknown', reason: `the webhook gave no answer (${code})` };
  }
}
