import { nightSpans } from '../calendar/night.ts';
import { awakeStretches, byTimeThenId, lengthAtNight, longestAwake } from '../model/facts/awake.ts';
import type { Person } from '../model/facts/person.ts';
import type { RowOf } from '../model/index.ts';
import type { Writer } from '../store/store.ts';
import type { PageChange } from './derive-bursts.ts';
import { type GroupedRead, readLinks, timesBy } from './derive-spans.ts';
import { amendFacts } from './derive-write.ts';
import { stretchesAround } from './stretches.ts';

type Page = RowOf<'page'>;
type Link = Pick<Page, 'id' | 'user_id' | 'incident_id' | 'time' | 'awake_until' | 'awake_at_night'>;

const LINKS = {
  table: 'page',
  columns: ['id', 'user_id', 'incident_id', 'time', 'awake_until', 'awake_at_night'],
  group: 'user_id',
  time: 'time',
} as const satisfies GroupedRead;

/**
 * Decides which stretches awake begin with which pages after the pages of `incidents` or the clocks of their people may
 * have changed, and amends the stored pages of other incidents in the stretches that this touches; `pageWindow` in ms.
 */
export async function settleAwake(
  writer: Writer,
  incidents: readonly string[],
  { old, fresh }: Pick<PageChange, 'old' | 'fresh'>,
  { personOf, pageWindow }: { personOf(user_id: string): Person; pageWindow: number },
): Promise<void> {
  const mine = new Set(incidents);
  const stretches = await stretchesAround<Link>(timesBy([...old, ...fresh], LINKS), {
    reach: 0,
    link: longestAwake(pageWindow),
    groupOf: (page) => page.user_id,
    timeOf: (page) => page.time,
    endOf: (page) => page.awake_until,
    read: async (spans) => (await readLinks<Link>(writer, LINKS, spans, { mine, fresh })).sort(byTimeThenId),
  });
  const nightOn = nightSpans();
  const amended = new Map<string, Partial<Page>>();
  for (const { rows } of stretches) {
    const begun = awakeStretches(rows);
    for (const page of rows) {
      const stretch = begun.get(page);
      const awake_at_night = stretch ? lengthAtNight(stretch, personOf(page.user_id), nightOn) : 0;
      if (page.awake_at_night === awake_at_night) continue;
      page.awake_at_night = awake_at_night;
      if (!mine.has(page.incident_id)) amended.set(page.id, { awake_at_night });
    }
  }
  await amendFacts(writer, 'page', 'id', amended);
}
