import { compareText } from './entries.ts';

/** What decides the bursts of one person's pages. */
export interface BurstPage {
  time: number;
  incident_id: string;
}

/** A person's pages in the order in which bursts are formed: by time, ties by incident id compared as strings. */
export function byTimeThenIncident(a: BurstPage, b: BurstPage): number {
  return a.time - b.time || compareText(a.incident_id, b.incident_id);
}

/** Those of one person's pages (in order, from a gap over `window` ms on) that begin a burst, hence are interruptions. */
export function interruptionsOf<P extends BurstPage>(pages: readonly P[], window: number): Set<P> {
  const first = new Set<P>();
  let begun = Number.NEGATIVE_INFINITY;
  for (const page of pages) {
    if (page.time - begun <= window) continue;
    begun = page.time;
    first.add(page);
  }
  return first;
}
