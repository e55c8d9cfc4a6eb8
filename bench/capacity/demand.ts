import { openDirectly } from '../../simulator/direct.ts';
import type { Size } from '../../simulator/model/read.ts';

/** Which account, and how many of its last days are looked at. */
export interface AccountChoice {
  seed: number;
  size: Size;
  /** A file that describes its shape, in place of the size. */
  account?: string;
  /** Epoch ms; the account stands still there. */
  until: number;
  days: number;
}

/** What an account asks of a harvest. */
export interface Demand {
  /** Of the whole history: days, incidents, and log entries as the days that were looked at let expect. */
  history: { days: number; incidents: number; entries: number };
  /** Incidents and log entries a day, over the days that were looked at. */
  daily: { incidents: number; entries: number };
  /** The most log entries in any second, and in any quarter of an hour that begins at one. */
  busiest: { second: number; quarter: number };
}

const DAY = 86_400_000;
const SECOND = 1000;
const QUARTER = 15 * 60;

/** Reads the last days of a simulated account and counts. */
export function demandOf({ days, ...of }: AccountChoice): Demand {
  const { timeline, historyDays } = openDirectly(of);
  const looked = Math.min(days, historyDays);
  const seconds = new Map<number, number>();
  let entries = 0;
  for (let day = looked; day > 0; day -= 1) {
    const since = of.until - day * DAY;
    for (const { time } of timeline.entriesWithin({ since, until: since + DAY })) {
      const second = Math.floor(time / SECOND);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
      entries += 1;
    }
  }
  const recent = timeline.incidentsWithin({ since: of.until - looked * DAY, until: of.until }).length;
  const daily = { incidents: recent / Math.max(1, looked), entries: entries / Math.max(1, looked) };
  return {
    history: {
      days: historyDays,
      incidents: timeline.incidentsWithin({ since: null, until: null }).length,
      entries: Math.round(daily.entries * historyDays),
    },
    daily,
    busiest: {
      second: [...seconds.values()].reduce((most, count) => Math.max(most, count), 0),
      quarter: busiestSpan(seconds, QUARTER),
    },
  };
}

/** The most counts in any `length` seconds on end. */
export function busiestSpan(counts: ReadonlyMap<number, number>, length: number): number {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  let most = 0;
  let sum = 0;
  let first = 0;
  for (const [second, count] of sorted) {
    sum += count;
    for (; (sorted[first]?.[0] ?? second) <= second - length; first += 1) sum -= sorted[first]?.[1] ?? 0;
    most = Math.max(most, sum);
  }
  return most;
}
