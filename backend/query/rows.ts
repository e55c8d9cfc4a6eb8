import type { Notice } from '../contract.ts';

/** Most rows or series that one answer holds. */
export const MOST_ROWS = 10_000;

/** At most `limit` of the items; where that cuts, a notice gives the full count. */
export function cut<T>(
  items: readonly T[],
  limit: number | undefined,
  what: string,
): { kept: readonly T[]; notices: Notice[] } {
  const most = Math.min(limit ?? MOST_ROWS, MOST_ROWS);
  if (items.length <= most) return { kept: items, notices: [] };
  const text = `Showing ${most} of ${items.length} ${what}: narrow the filters or the range to see the others.`;
  return { kept: items.slice(0, most), notices: [{ severity: 'warning', text }] };
}
