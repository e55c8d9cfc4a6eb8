import type { Span } from '../model/facts/shifts.ts';

/** How rows of a group influence each other: one person's pages, one fingerprint's incidents. */
export interface Chains<R> {
  /** A row influences others up to so far away, ms, whatever lies between. */
  reach: number;
  /** Neighbours at most so far apart, ms, hand an influence on. */
  link: number;
  /** Until when a row hands an influence on; `link` after it where absent, and never later. */
  endOf?(row: R): number;
  groupOf(row: R): string;
  timeOf(row: R): number;
  /** The rows of each group in its span, by time. */
  read(spans: ReadonlyMap<string, Span>): Promise<R[]>;
}

/** What changes of one group can influence, and what decides it. */
export interface Stretch<R> {
  /** Rows by time: those that may be influenced, and those within reach of them. */
  rows: R[];
  /** First and last instant, inclusive, of what may be influenced; beside it lies a gap on both sides. */
  core: Span;
}

/** What changes at the given instants can influence, of each group, with the rows that decide it. */
export async function stretchesAround<R>(
  changes: ReadonlyMap<string, readonly number[]>,
  chains: Chains<R>,
): Promise<Stretch<R>[]> {
  const whole: Stretch<R>[] = [];
  let open = new Map([...changes].map(([group, times]) => [group, widened(hullOf(times), chains.reach)]));
  for (let margin = 2 * (chains.reach + chains.link) + 1; open.size > 0; margin *= 4) {
    const spans = new Map([...open].map(([group, hull]) => [group, widened(hull, margin)]));
    const rows = Map.groupBy(await chains.read(spans), chains.groupOf);
    const stillOpen = new Map<string, Span>();
    for (const [group, hull] of open) {
      const stretch = stretchOf(rows.get(group) ?? [], hull, widened(hull, margin), chains);
      if (stretch) whole.push(stretch);
      else stillOpen.set(group, hull);
    }
    open = stillOpen;
  }
  return whole;
}

/** The rows around `hull` up to the first gap on each side, and those within reach of them; null where more must be read. */
function stretchOf<R>(rows: readonly R[], hull: Span, read: Span, chains: Chains<R>): Stretch<R> | null {
  const { timeOf, endOf = (row: R) => timeOf(row) + chains.link } = chains;
  let { from, until } = hull;
  for (const row of rows.toReversed()) {
    if (from - timeOf(row) > chains.link) break;
    if (endOf(row) >= from) from = Math.min(from, timeOf(row));
  }
  let handedOn = until + chains.link;
  for (const row of rows) {
    if (timeOf(row) > handedOn) break;
    until = Math.max(until, timeOf(row));
    handedOn = Math.max(handedOn, endOf(row));
  }
  const needed = Math.max(chains.link, chains.reach);
  if (from - read.from <= needed || read.until - until <= needed) return null;
  const context = widened({ from, until }, chains.reach);
  const within = (time: number) => time >= context.from && time <= context.until;
  return { rows: rows.filter((row) => within(timeOf(row))), core: { from, until } };
}

function hullOf(times: readonly number[]): Span {
  return {
    from: times.reduce((a, b) => Math.min(a, b)),
    until: times.reduce((a, b) => Math.max(a, b)),
  };
}

function widened(hull: Span, margin: number): Span {
  return { from: hull.from - margin, until: hull.until + margin };
}
