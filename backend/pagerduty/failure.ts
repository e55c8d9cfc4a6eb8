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
  /** PagerDuty took too long: a smaller span may do. */
  slow: 'upstream',
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
  constructor(path: string) {
    super(
      'too_large',
      `${path} holds over 10,000 rows of this span, more than PagerDuty lets one list reach.`,
    );
    this.name = 'ListTooLong';
  }
}

/** The kind of failure that an HTTP status stands for. */
export function kindOf(status: number): FailureKind {
  return KINDS[status] ?? (status >= 500 ? 'passing' : 'request');
}

/** PagerDuty's error body in words: its message, its details and its own code; empty for a body of another form. */
export function wordsOf(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown; errors?: unknown } };
    if (!error) return '';
    const details = Array.isArray(error.errors) ? `: ${error.errors.map(String).join('; ')}` : '';
    return `${String(error.message ?? '')}${details}${error.code ? ` (code ${String(error.code)})` : ''}`;
  } catch {
    return '';
  }
}
