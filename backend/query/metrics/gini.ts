const FEWEST = 3;

/** The Gini coefficient of some counts, 0 when all are alike; null for fewer than 3 of them or where all are 0. */
export function gini(counts: readonly number[]): number | null {
  const ascending = counts.toSorted((a, b) => a - b);
  const n = ascending.length;
  const sum = ascending.reduce((total, count) => total + count, 0);
  if (n < FEWEST || sum === 0) return null;
  return ascending.reduce((total, count, index) => total + (2 * (index + 1) - n - 1) * count, 0) / (n * sum);
}
