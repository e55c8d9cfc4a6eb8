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

/** A link up to its query or fragment, where secrets stand. */
const LINK = /https?:\/\/[^\s"'<>?#]+/gi;

/** More links than this of one trigger are not kept. */
const MOST_LINKS = 20;

/** The different links in texts, looking into objects and lists in their own order; queries and fragments are left out. */
export function findLinks(...places: unknown[]): string[] {
  const all = places.flatMap((place) => {
    if (typeof place === 'string') return place.match(LINK) ?? [];
    return typeof place === 'object' && place !== null ? findLinks(...Object.values(place)) : [];
  });
  return [...new Set(all)].slice(0, MOST_LINKS);
}
