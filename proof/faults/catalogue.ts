import type { Chance } from '../../oracle/random.ts';
import type { Fault } from './fault.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const refusing =
  (status: number, ...paths: [string, ...string[]]) =>
  (chance: Chance) => ({ refuse: { [chance.pick(paths)]: status } });

/** Every fault that a harvest must live with; those that refuse lists refuse different ones, so that all can be mixed. */
export const FAULTS = {
  key_revoked: {
    words: 'the key is revoked in mid-run (401)',
    settings: () => ({ token: 'another' }),
    midway: true,
    tells: /401.*PAGERDUTY_TOKEN/s,
  },
  forbidden: {
    words: 'a list is forbidden in mid-run (403)',
    settings: refusing(403, '/log_entries', '/schedules'),
    midway: true,
    tells: /403/,
  },
  plan: {
    words: "a stream is not in the account's plan (402)",
    settings: refusing(402, '/teams', '/priorities', '/incidents'),
    tells: /402/,
  },
  missing: {
    words: 'a list answers 404',
    settings: refusing(404, '/services', '/oncalls'),
    midway: true,
    tells: /404/,
  },
  ascending: { words: 'log entries come oldest first', settings: () => ({ order: 'ascending' }) },
  descending: { words: 'log entries come newest first', settings: () => ({ order: 'descending' }) },
  closed_bounds: { words: 'both ends of a range belong to it', settings: () => ({ bounds: '[]' }) },
  open_bounds: { words: 'neither end of a range belongs to it', settings: () => ({ bounds: '()' }) },
  end_bound: { words: 'only the end of a range belongs to it', settings: () => ({ bounds: '(]' }) },
  clock_ahead: { words: "the machine's clock is three hours ahead", settings: () => ({}), skew: 3 * HOUR },
  clock_behind: { words: "the machine's clock is three days behind", settings: () => ({}), skew: -3 * DAY },
} as const satisfies Record<string, Fault>;

/** The name of a fault. */
export type FaultName = keyof typeof FAULTS;

/** The faults by name, as code that is not about one of them sees them. */
export const faults: Readonly<Record<string, Fault>> = FAULTS;
