import { byTimeThenIncident, interruptionsOf } from '../model/facts/bursts.ts';
import type { RowOf } from '../model/index.ts';
import type { Writer } from '../store/store.ts';
import { type GroupedRead, readLinks, timesBy } from './derive-spans.ts';
import { amendFacts } from './derive-write.ts';
import { stretchesAround } from './stretches.ts';

type Page = RowOf<'page'>;
type Link = Pick<Page, 'id' | 'user_id' | 'incident_id' | 'time' | 'interruption'>;

const LINKS = {
  table: 'page',
  columns: ['id', 'user_id', 'incident_id', 'time', 'interruption'],
  group: 'user_id',
  time: 'time',
} as const satisfies GroupedRead;

/** The pages of some incidents as they are stored and as they come out now. */
export interface PageChange {
  old: readonly Page[];
  /** Completed in place. */
  fresh: Page[];
  /** True where stored bursts may come from other rules, so that every page counts as changed. */
  renew: boolean;
}

/**
 * Decides which pages are interruptions after the pages of `incidents` changed, and amends the stored pages of other
 * incidents in the chains that the change touches; `window` in ms.
 */
export async function settleBursts(
  writer: Writer,
  incidents: readonly string[],
  { old, fresh, renew }: PageChange,
  window: number,
): Promise<void> {
  const before = new Map(old.map((page) => [page.id, page]));
  for (const page of fresh) page.interruption = before.get(page.id)?.interruption ?? false;
  const mine = new Set(incidents);
  const changed = renew ? [...old, ...fresh] : changedPages(old, fresh);
  const stretches = await stretchesAround<Link>(timesBy(changed, LINKS), {
    reach: 0,
    link: window,
    groupOf: (page) => page.user_id,
    timeOf: (page) => page.time,
    read: async (spans) =>
      (await readLinks<Link>(writer, LINKS, spans, { mine, fresh })).sort(byTimeThenIncident),
  });
  const amended = new Map<string, Partial<Page>>();
  for (const { rows } of stretches) {
    const first = interruptionsOf(rows, window);
    for (const page of rows) {
      const interruption = first.has(page);
      if (page.interruption === interruption) continue;
      page.interruption = interruption;
      if (!mine.has(page.incident_id)) amended.set(page.id, { interruption });
    }
  }
  await amendFacts(writer, 'page', 'id', amended);
}

/** The pages that came, went or moved. */
function changedPages(old: readonly Page[], fresh: readonly Page[]): Page[] {
  const keyOf = (page: Page) => `${page.id} ${page.user_id} ${page.time} ${page.incident_id}`;
  const before = new Set(old.map(keyOf));
  const after = new Set(fresh.map(keyOf));
  return [...old, ...fresh].filter((page) => !before.has(keyOf(page)) || !after.has(keyOf(page)));
}
