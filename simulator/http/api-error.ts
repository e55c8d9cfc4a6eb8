/** PagerDuty's errors: HTTP status, its own code, and a message. */
const ERRORS = {
  invalid_input: { status: 400, code: 2001, message: 'Invalid Input Provided' },
  invalid_range: { status: 400, code: 2004, message: 'Invalid Since or Until Parameter Provided' },
  range_too_long: { status: 400, code: 2005, message: 'Invalid Time Range: Too Large' },
  unauthorized: { status: 401, code: 2006, message: 'Authentication Failed' },
  lacks_ability: { status: 402, code: 2014, message: 'Account Does Not Have the Ability to Perform the Action' },
  forbidden: { status: 403, code: 2010, message: 'Access Denied' },
  not_found: { status: 404, code: 2100, message: 'Not Found' },
  user_not_found: { status: 404, code: 2013, message: 'User Not Found' },
  schedule_not_found: { status: 404, code: 3004, message: 'Schedule Not Found' },
  resource_not_found: { status: 404, code: 5001, message: 'Not Found' },
  service_not_found: { status: 404, code: 5002, message: 'Service Not Found' },
  team_not_found: { status: 404, code: 6001, message: 'Team Not Found' },
  took_too_long: { status: 408, code: 2016, message: 'Request Took Too Long' },
  too_often: { status: 429, code: 2020, message: 'Rate Limit Exceeded' },
  internal: { status: 500, code: 2000, message: 'Internal Error' },
} as const satisfies Record<string, { status: number; code: number; message: string }>; // biome-ignore format: a table

/** The name of an error. */
export type ApiErrorName = keyof typeof ERRORS;

/** An error as PagerDuty answers it; `errors` says what was wrong with the question. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: readonly string[];

  constructor(name: ApiErrorName, ...errors: string[]) {
    super(ERRORS[name].message);
    this.status = ERRORS[name].status;
    this.code = ERRORS[name].code;
    this.errors = errors;
  }

  /** The body of the answer. */
  body(): object {
    const { code, message, errors } = this;
    return { error: { message, code, ...(errors.length > 0 && { errors }) } };
  }
}
