import { DAY } from '../clock.ts';
import { incidents } from '../pagerduty/endpoints/incidents.ts';
import type { Parameters } from '../pagerduty/exchange.ts';
import { sql } from '../sql/statement.ts';
import type { Crew } from './crew.ts';
import { fetchList, fetchSpan, inSteps, isTooMuch } from './fetch.ts';
import { readSingly } from './incidents.ts';
import { beyondReach } from './too-long.ts';

const OPEN: Parameters = [
  ['statuses[]', 'triggered'],
  ['statuses[]', 'acknowledged'],
];

const MONTH = 28 * DAY;

/** Reads all open incidents, and singly those that are stored as open but no longer are. */
export async function readOpenIncidents(crew: Crew): Promise<void> {
  const open = (await readAllAtOnce(crew)) ?? (await readInSteps(crew));
  const stored = await crew.store.read(
    sql`SELECT "id" FROM "incident" WHERE "status" IN ('triggered', 'acknowledged')`,
  );
  await readSingly(
    crew,
    stored.map((row) => String(row.id)).filter((id) => !open.has(id)),
  );
}

/** The ids of all open incidents, read in one list; null where they are too much for one. */
async function readAllAtOnce({ source, commit }: Crew): Promise<Set<string> | null> {
  const parameters: Parameters = [...OPEN, ['date_range', 'all'], ['time_zone', 'UTC']];
  try {
    const { reading } = await fetchList(source, 'incidents', incidents, parameters);
    await commit({ reading });
    return new Set(reading.incidents.keys());
  } catch (error) {
    if (isTooMuch(error)) return null;
    throw error;
  }
}

/** The same by the time of their creation, from a month before the oldest incident that is known: one of before the harvest's begin may have nothing that tells of it. */
async function readInSteps(crew: Crew): Promise<Set<string>> {
  const { source, store, ledger, commit } = crew;
  const [oldest] = await store.read<{ at: number | null }>(
    sql`SELECT min("created_at") AS "at" FROM "incident"`,
  );
  const starts = [...ledger.windows.values()].map((window) => window.start);
  const end = source.client.serverNow();
  const start = [oldest?.at ?? end, ...starts].reduce((a, b) => Math.min(a, b)) - MONTH;
  const open = new Set<string>();
  const work = async (span: { start: number; end: number }) => {
    const { reading } = await fetchSpan(source, 'incidents', span, OPEN);
    await commit({ reading });
    for (const id of reading.incidents.keys()) open.add(id);
  };
  await inSteps({ start, end }, MONTH, work, beyondReach(crew, 'incidents'));
  return open;
}
