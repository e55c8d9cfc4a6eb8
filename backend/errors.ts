/** What went wrong, as one word that travels: log field, metric label, HTTP status and panel text. */
export type ErrorCode = keyof typeof STATUS_OF;

/** The HTTP status that each code is answered with. */
export const STATUS_OF = {
  invalid_query: 400,
  config: 400,
  unauthorized: 401,
  not_found: 404,
  conflict: 409,
  locked: 423,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  store: 500,
  upstream: 502,
  starting: 503,
} as const satisfies Record<string, number>;

/** An error whose message is meant for the person who can mend it: what is wrong and what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}

/** The error's own code, or `internal` for anything that is not an AppError. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'internal';
}

/** The error's message in words, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
