import type { Span } from '../model/facts/shifts.ts';

/** How rows hang together in chains of their groups: one person's pages, one fingerprint's incidents. */
export interface Chains<R> {
  /** Two neighbours further apart than this, ms, do not influence each other. */
  furthest: number;
  groupOf(row: R): string;
  timeOf(row: R): number;
  /** The rows of each group in its span, by time. */
  read(spans: ReadonlyMap<string, Span>): Promise<R[]>;
}

/** The rows that changes at the given instants can influence: of each group the chains around them, whole, to a gap on both sides. */
export async function stretchesAround<R>(
  changes: ReadonlyMap<string, readonly number[]>,
  chains: Chains<R>,
): Promise<R[][]> {
  const whole: R[][] = [];
  let open = new Map([...changes].map(([group, times]) => [group, hullOf(times)]));
  for (let margin = 2 * chains.furthest + 1; open.size > 0; margin *= 4) {
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

/** The rows around `hull` up to the first gap on each side; null where the chain may go on past what was read. */
function stretchOf<R>(rows: readonly R[], hull: Span, read: Span, chains: Chains<R>): R[] | null {
  const times = rows.map(chains.timeOf);
  let { from, until } = hull;
  for (const time of times.toReversed()) {
    if (from - time > chains.furthest) break;
    from = Math.min(from, time);
  }
  for (const time of times) {
    if (time - until > chains.furthest) break;
    until = Math.max(until, time);
  }
  if (from - read.from <= chains.furthest || read.until - until <= chains.furthest) return null;
  return rows.filter((row) => chains.timeOf(row) >= from && chains.timeOf(row) <= until);
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
