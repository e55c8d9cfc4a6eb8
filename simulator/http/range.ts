import type { Settings } from './settings.ts';

/** Rows whose time lies in a range, out of rows in order of time; null for no bound. */
export function within<T>(
  rows: readonly T[],
  timeOf: (row: T) => number,
  range: { since: number | null; until: number | null },
  bounds: Settings['bounds'],
): T[] {
  const { since, until } = range;
  const first =
    since === null ? 0 : firstIndex(rows, (row) => timeOf(row) >= since + (bounds[0] === '(' ? 1 : 0));
  const end =
    until === null
      ? rows.length
      : firstIndex(rows, (row) => timeOf(row) >= until + (bounds[1] === ']' ? 1 : 0));
  return rows.slice(first, end);
}

/** The index of the first row from which on a condition holds. */
function firstIndex<T>(rows: readonly T[], holds: (row: T) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(rows[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
