/** The first link that matches the pattern in texts, looking into objects and lists in their own order; null where none does. */
export function findRunbook(pattern: RegExp, ...places: unknown[]): string | null {
  for (const place of places) {
    const found = typeof place === 'string' ? (pattern.exec(place)?.[0] ?? null) : findInside(pattern, place);
    if (found) return found;
  }
  return null;
}

function findInside(pattern: RegExp, place: unknown): string | null {
  return typeof place === 'object' && place !== null ? findRunbook(pattern, ...Object.values(place)) : null;
}
