import { always, type Fault } from './fault.ts';
import { REFUSALS } from './refusals.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What passes and comes again: one request in ten. */
const OFTEN = 0.1;

/** Every fault that a harvest must live with; those that refuse lists for good refuse different ones, so that all can be mixed. */
export const FAULTS = {
  ...REFUSALS,
  rate_limited: {
    words: 'requests are refused out of the blue, with headers (429)',
    choose: always({ fault: 'rate_limited', share: OFTEN, resetSeconds: 5 }),
  },
  rate_limited_silently: {
    words: 'requests are refused out of the blue, without headers and body (429)',
    choose: always({ fault: 'rate_limited', share: OFTEN, silent: true }),
  },
  on_calls_limit: {
    words: 'on-calls have a limit of their own that nobody tells',
    choose: (chance) => [{ fault: 'oncalls_limit', perMinute: 1, silent: chance.pick([true, false]) }],
  },
  server_error: {
    words: 'PagerDuty fails, as itself and as a gateway (500, 502, 503)',
    choose: always(
      { fault: 'server_error', share: OFTEN / 2, status: 500 },
      { fault: 'server_error', share: OFTEN / 2, status: 502 },
      { fault: 'server_error', share: OFTEN / 2, status: 503 },
    ),
  },
  timeout: { words: 'questions take too long (408)', choose: always({ fault: 'timeout', share: OFTEN }) },
  wide_timeout: {
    words: 'questions of wide ranges always take too long (408)',
    choose: (chance) => [
      {
        fault: 'timeout',
        widerThan: chance.pick([1, 2, 5]) * (DAY / 1000),
        paths: ['/log_entries', '/incidents'],
      },
    ],
  },
  reset: {
    words: 'connections are reset, before the answer and in it',
    choose: always({ fault: 'reset', share: OFTEN / 2 }, { fault: 'reset', share: OFTEN / 2, at: 'body' }),
  },
  truncated: { words: 'JSON breaks off', choose: always({ fault: 'truncated', share: OFTEN }) },
  slow: { words: 'answers are slow', choose: always({ fault: 'slow', share: OFTEN, ms: 200 }) },
  repeated_page: {
    words: 'pages are repeated and say that there is more, now and then',
    choose: always({ fault: 'repeated_page', share: OFTEN }),
  },
  reversed: { words: 'lists come backwards', choose: always({ fault: 'reversed' }) },
  now_and_then_reversed: {
    words: 'lists change their order while they are read',
    choose: always({ fault: 'reversed', share: 0.3 }),
  },
  closed_bounds: {
    words: 'both ends of a range belong to it',
    choose: always({ fault: 'bounds', bounds: '[]' }),
  },
  open_bounds: {
    words: 'neither end of a range belongs to it',
    choose: always({ fault: 'bounds', bounds: '()' }),
  },
  end_bound: {
    words: 'only the end of a range belongs to it',
    choose: always({ fault: 'bounds', bounds: '(]' }),
  },
  late: {
    words: 'log entries are seen up to 24 hours late',
    choose: (chance) => [{ fault: 'late', seconds: chance.pick([600, 7200, 86_400]), entries: 0.2 }],
    mendedAtNight: true,
  },
  server_ahead: {
    words: "PagerDuty's clock is ahead of its log entries",
    choose: always({ fault: 'clock_skew', seconds: 300 }),
  },
  server_behind: {
    words: "PagerDuty's clock is behind its log entries for a while",
    choose: always({ fault: 'clock_skew', seconds: -300, count: 60 }),
  },
  machine_ahead: { words: "the machine's clock is three hours ahead", skew: 3 * HOUR },
  machine_behind: { words: "the machine's clock is three days behind", skew: -3 * DAY },
} as const satisfies Record<string, Fault>;

/** The name of a fault. */
export type FaultName = keyof typeof FAULTS;

/** The faults by name, as code that is not about one of them sees them. */
export const faults: Readonly<Record<string, Fault>> = FAULTS;
