import { FEED_EVERY } from '../../backend/harvest/plan.ts';
import { ACCOUNT_LIMIT } from '../../backend/pagerduty/limiter.ts';
import type { Demand } from './demand.ts';

/** What was seen on this machine while the last days of the account were loaded and asked about. */
export interface Seen {
  /** Rows read, derived and written in a second of one core. */
  rowsPerSecond: number;
  /** Bytes of the store for each of them. */
  bytesPerRow: number;
  /** Bytes that are free where the store would lie. */
  free: number;
  /** The slowest of the questions asked over 28 days, ms. */
  slowest: number;
  /** The share of PagerDuty's rate that the harvest may use, 0-1. */
  share: number;
}

/** Something that an account can outgrow. */
export interface Limit {
  title: string;
  unit: string;
  /** What this account needs, and what there is. */
  need(demand: Demand, seen: Seen): number;
  can(demand: Demand, seen: Seen): number;
  /** What happens beyond, and what to do about it. */
  beyond: string;
}

/** A limit as an account meets it. */
export interface Meeting extends Limit {
  needed: number;
  there: number;
  /** How many times larger the account could be, all of it growing alike; below 1 it is too large already. */
  times: number;
}

const PAGE = 100;
const DAY_HOURS = 24;
/** Requests a minute that the rest of the harvest takes when little happens. */
const QUIET = 5;
/** Feeds in a minute; each reads the last quarter of an hour again. */
const FEEDS = 60_000 / FEED_EVERY;

const rowsOf = ({ history }: Demand) => history.incidents + history.entries;

/** All limits that are known, by name. */
export const LIMITS = {
  second: {
    title: 'Log entries in the busiest second',
    unit: 'rows',
    need: ({ busiest }) => busiest.second,
    can: () => 10_000,
    beyond:
      'PagerDuty shows no more of one second; coverage names the second and answers over it are incomplete',
  },
  requests: {
    title: 'Requests to follow the busiest quarter of an hour',
    unit: 'a minute',
    need: ({ busiest }) => FEEDS * Math.ceil(busiest.quarter / PAGE) + QUIET,
    can: (_, { share }) => ACCOUNT_LIMIT * share,
    beyond: 'what is new comes late until the storm is over; raise requestShare',
  },
  rows: {
    title: 'Rows to read, derive and write in the busiest quarter of an hour',
    unit: 'a second',
    need: ({ busiest }) => (FEEDS * busiest.quarter) / 60,
    can: (_, { rowsPerSecond }) => rowsPerSecond,
    beyond: 'what is new comes late until the storm is over; give the backend a faster core',
  },
  backfill: {
    title: 'Requests for the whole history, within a day',
    unit: 'hours',
    need: (demand, { share }) => rowsOf(demand) / PAGE / (ACCOUNT_LIMIT * share) / 60,
    can: () => DAY_HOURS,
    beyond:
      'the newest days come first, the oldest after more than a day; raise requestShare or set PAGEBUDGET_SINCE',
  },
  derive: {
    title: 'Work on the whole history, within a day',
    unit: 'hours',
    need: (demand, { rowsPerSecond }) => rowsOf(demand) / rowsPerSecond / 3600,
    can: () => DAY_HOURS,
    beyond:
      'the oldest days come after more than a day; give the backend a faster core or set PAGEBUDGET_SINCE',
  },
  disk: {
    title: 'The store with the whole history',
    unit: 'GB',
    need: (demand, { bytesPerRow }) => (rowsOf(demand) * bytesPerRow) / 1e9,
    can: (_, { free }) => free / 1e9,
    beyond: 'the harvest waits until there is room; give it a larger disk or set retention',
  },
  answers: {
    title: 'The slowest question over 28 days',
    unit: 'ms',
    need: (_, { slowest }) => slowest,
    can: () => 1000,
    beyond: 'panels take over a second; ask for shorter ranges or use PostgreSQL on a machine of its own',
  },
} as const satisfies Record<string, Limit>;

/** How an account meets every limit, the one that it outgrows first at the beginning. */
export function meetLimits(
  demand: Demand,
  seen: Seen,
  limits: readonly Limit[] = Object.values(LIMITS),
): Meeting[] {
  return limits
    .map((limit) => {
      const [needed, there] = [limit.need(demand, seen), limit.can(demand, seen)];
      return { ...limit, needed, there, times: needed > 0 ? there / needed : Number.POSITIVE_INFINITY };
    })
    .sort((a, b) => a.times - b.times);
}
