import {
  bounds,
  hiddenIncidents,
  late,
  namelessSchedules,
  privateTeams,
  repeatedPage,
  reversed,
} from './content.ts';
import type { AnyFaultKind } from './kind.ts';
import { onCallsLimit, rateLimited } from './limits.ts';
import { forbidden, notFound, paymentRequired, unauthorized } from './refusals.ts';
import { serverError } from './server-error.ts';
import { timeout } from './timeout.ts';
import { clockSkew, reset, slow, truncated } from './transport.ts';

/** Every fault that can be switched on. */
export const FAULTS = {
  unauthorized,
  payment_required: paymentRequired,
  forbidden,
  not_found: notFound,
  timeout,
  rate_limited: rateLimited,
  oncalls_limit: onCallsLimit,
  server_error: serverError,
  reset,
  truncated,
  slow,
  clock_skew: clockSkew,
  repeated_page: repeatedPage,
  reversed,
  bounds,
  late,
  private_teams: privateTeams,
  hidden_incidents: hiddenIncidents,
  nameless_schedules: namelessSchedules,
} as const satisfies Record<string, AnyFaultKind>;

/** The name of a fault. */
export type FaultName = keyof typeof FAULTS;
