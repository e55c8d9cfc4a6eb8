/** The known names nearest to a word, at most `most`, the nearest first: those that contain it (in any case) before the rest by edit distance. */
export function nearest(word: string, known: Iterable<string>, most = 3): string[] {
  const wanted = word.toLowerCase();
  const ranked = [...new Set(known)].map((name) => {
    const candidate = name.toLowerCase();
    const contains = wanted !== '' && candidate.includes(wanted);
    return { name, contains, distance: editDistance(wanted, candidate) };
  });
  ranked.sort((a, b) => Number(b.contains) - Number(a.contains) || a.distance - b.distance);
  return ranked.slice(0, most).map(({ name }) => name);
}

/** The fewest insertions, deletions and replacements of a character that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = at(row, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, at(row, j) + 1, at(next, j - 1) + 1));
    }
    row = next;
  }
  return at(row, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
