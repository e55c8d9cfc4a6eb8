import { z } from 'zod';
import { AppError, type ErrorCode } from '../errors.ts';

/** What a failed request means, and so what is done about it. */
export type FailureKind = keyof typeof CODES;

const CODES = {
  /** No key, or one that PagerDuty refuses. */
  credential: 'unauthorized',
  /** The account's plan lacks the ability. */
  plan: 'upstream',
  /** The key may not read it. */
  permission: 'upstream',
  missing: 'not_found',
  /** The question itself is wrong. */
  request: 'upstream',
  /** PagerDuty took too long, or calls the span too long (its code 2005): a smaller one may do. */
  slow: 'upstream',
  /** A long list changed while its pages were read: a shorter one may hold still. */
  unsteady: 'upstream',
  limited: 'rate_limited',
  /** Server, network or a torn answer: worth another try. */
  passing: 'upstream',
} as const satisfies Record<string, ErrorCode>;

const KINDS: Readonly<Record<number, FailureKind>> = {
  401: 'credential',
  402: 'plan',
  403: 'permission',
  404: 'missing',
  408: 'slow',
  410: 'missing',
  429: 'limited',
};

const errorBody = z.object({
  message: z.string().optional().catch(undefined),
  code: z.number().optional().catch(undefined),
  errors: z
    .union([z.array(z.unknown()), z.record(z.string(), z.unknown())])
    .optional()
    .catch(undefined),
});

/** A request that PagerDuty did not answer with 2xx and readable JSON; `status` is 0 where no whole answer came. */
export class PagerDutyError extends AppError {
  readonly kind: FailureKind;
  readonly status: number;

  constructor(kind: FailureKind, status: number, message: string, options?: ErrorOptions) {
    super(CODES[kind], message, options);
    this.name = 'PagerDutyError';
    this.kind = kind;
    this.status = status;
  }
}

/** A list that holds more rows than PagerDuty's paging can reach, so its span must be split. */
export class ListTooLong extends AppError {
  /** How many rows it holds; null where PagerDuty did not tell. */
  readonly total: number | null;

  constructor(path: string, total: number | null) {
    const held = total === null ? 'over 10,000' : total.toLocaleString('en');
    super(
      'too_large',
      `${path} holds ${held} rows of this span, more than the 10,000 that PagerDuty lets one list reach.`,
    );
    this.name = 'ListTooLong';
    this.total = total;
  }
}

/** PagerDuty's own code for a span that is too long. */
const SPAN_TOO_LONG = 2005;

/** The kind of failure that an HTTP status and PagerDuty's own code stand for; redirects come from what lies between. */
export function kindOf(status: number, code: number | null): FailureKind {
  if (code === SPAN_TOO_LONG) return 'slow';
  return KINDS[status] ?? (status >= 400 && status < 500 ? 'request' : 'passing');
}

/** What PagerDuty's error body says: its message and details in words, and its own code; nothing for a body of another form. */
export function sayingOf(body: string): { words: string; code: number | null } {
  const { error } = z.object({ error: errorBody }).catch({ error: {} }).parse(parsed(body));
  const { message = '', errors, code = null } = error;
  const details = errors === undefined ? '' : `: ${detailsOf(errors).join('; ')}`;
  return { words: `${message}${details}${code === null ? '' : ` (code ${code})`}`, code };
}

/** An error in words, with its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** Details are a list, and for schedules of the new kind lists by field. */
function detailsOf(errors: readonly unknown[] | Record<string, unknown>): string[] {
  if (Array.isArray(errors)) return errors.map(String);
  return Object.entries(errors).map(([field, said]) => `${field} ${[said].flat().join(', ')}`);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
