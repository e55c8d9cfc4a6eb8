import { always, type Fault } from './fault.ts';

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
  endless_list: {
    words: 'the second page of a list is always the first again and says that there is more',
    choose: always({ fault: 'repeated_page', paths: ['/log_entries', '/users'] }),
    tells: /sends none that are new|repeat/,
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
