import { always, type Fault } from './fault.ts';

/** The share of incidents that are refused. */
const FEW = 0.05;

/** What is told where single things are refused; where a whole list is, too, that is all there is to tell. */
const FIRST_TOLD = /40[234]|none that are new|repeat/;

/** What is told of a list without an end; of log entries that may not be read at all nobody meets their second page. */
const ENDLESS_TOLD = /sends none that are new|repeat|may not read log_entries/;

/** Faults that no patience gets round, so that they must be told. */
export const REFUSALS = {
  unauthorized: {
    words: 'the key is revoked in mid-run (401)',
    choose: (chance) => [{ fault: 'unauthorized', after: 10 + chance.below(40) }],
    tells: /401.*PAGERDUTY_TOKEN/s,
  },
  payment_required: {
    words: "a stream is not in the account's plan (402)",
    choose: (chance) => [
      { fault: 'payment_required', paths: [chance.pick(['/teams', '/priorities', '/incidents'])] },
    ],
    tells: /402/,
  },
  forbidden: {
    words: 'a list is forbidden in mid-run (403)',
    choose: (chance) => [
      { fault: 'forbidden', paths: [chance.pick(['/log_entries', '/schedules'])], after: chance.below(2) },
    ],
    tells: /403/,
  },
  not_found: {
    words: 'a list is gone (404)',
    choose: (chance) => [{ fault: 'not_found', paths: [chance.pick(['/services', '/oncalls'])] }],
    tells: /404/,
  },
  hidden_incidents: {
    words: 'some incidents are forbidden and in no list, and log entries only refer to them (403)',
    choose: always({ fault: 'hidden_incidents', incidents: FEW }),
    tells: FIRST_TOLD,
  },
  lost_incidents: {
    words: 'some incidents are gone, and log entries still refer to them (404)',
    choose: always({ fault: 'hidden_incidents', incidents: FEW, status: 404 }),
    remarks: /gone \(404\)/,
    mendedAtNight: true,
  },
  hidden_schedule: {
    words: 'schedules are listed without a name, and refused where they are asked for (403, 404)',
    choose: (chance) => [
      { fault: 'nameless_schedules' },
      { fault: chance.pick(['forbidden', 'not_found']), paths: ['/v3/schedules/:id'] },
    ],
    tells: FIRST_TOLD,
  },
  endless_list: {
    words: 'the second page of a list is always the first again and says that there is more',
    choose: always({ fault: 'repeated_page', paths: ['/log_entries', '/users'] }),
    tells: ENDLESS_TOLD,
  },
  private_team: {
    words: 'a team turns private in mid-run, and what is its own vanishes from every list',
    choose: (chance) => [
      {
        fault: 'private_teams',
        teams: [chance.pick(['Checkout', 'Search', 'Edge'])],
        after: 8 + chance.below(12),
      },
    ],
    tells: /private|fewer/,
  },
} as const satisfies Record<string, Fault>;
