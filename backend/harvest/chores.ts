import { DAY } from '../clock.ts';
import { incidents } from '../pagerduty/endpoints/incidents.ts';
import { emptyReading } from '../pagerduty/endpoints/reading.ts';
import type { Parameters } from '../pagerduty/exchange.ts';
import { ListTooLong } from '../pagerduty/failure.ts';
import { sql } from '../sql/statement.ts';
import { accountOf, refuseOther } from './account.ts';
import type { Crew } from './crew.ts';
import { directoryChange, fetchDirectory } from './directory.ts';
import { fetchList, fetchSpan, inSteps } from './fetch.ts';
import { fetchReferred, fetchSingly } from './incidents.ts';
import { readOnCallsAhead } from './on-calls.ts';
import type { Chore } from './plan.ts';
import { summarise } from './summary.ts';

const OPEN: Parameters = [
  ['statuses[]', 'triggered'],
  ['statuses[]', 'acknowledged'],
];

const MONTH = 28 * DAY;

/** How each chore is done, and the stream that is at fault where it fails. */
export const CHORE_WORK = {
  directory: { stream: 'users', work: readDirectory },
  on_calls: { stream: 'on_call', work: readOnCallsAhead },
  open_incidents: { stream: 'incidents', work: readOpenIncidents },
  second_look: { stream: 'log_entries', work: lookAgain },
  summary: { stream: 'log_entries', work: summarise },
} as const satisfies Record<Chore, { stream: string; work: (crew: Crew) => Promise<void> }>;

async function readDirectory(crew: Crew): Promise<void> {
  const directory = await fetchDirectory(crew);
  refuseOther(crew, accountOf(directory, crew.source.client.simulation()));
  await crew.commit(directoryChange(crew, directory));
}

/** Reads all open incidents, and singly those that are stored as open but no longer are. */
async function readOpenIncidents(crew: Crew): Promise<void> {
  const { source, store, commit, ledger } = crew;
  const reading = emptyReading();
  try {
    const all = await fetchList(source, incidents, [...OPEN, ['date_range', 'all'], ['time_zone', 'UTC']]);
    Object.assign(reading, all.reading);
  } catch (error) {
    if (!(error instanceof ListTooLong)) throw error;
    const start = Math.min(...[...ledger.windows.values()].map((window) => window.start));
    return inSteps({ start, end: source.client.serverNow() }, MONTH, async (span) =>
      commit({ reading: (await fetchSpan(source, 'incidents', span, OPEN)).reading }),
    );
  }
  const open = new Set(reading.incidents.keys());
  const stored = await store.read(sql`SELECT "id" FROM "incident" WHERE "status" <> 'resolved'`);
  const closed = stored.map((row) => String(row.id)).filter((id) => !open.has(id));
  const refused = await fetchSingly(source, reading, closed);
  await commit({ reading, refused });
}

/** Reads two days of log entries and a month of incidents again, as they change after they were made. */
async function lookAgain(crew: Crew): Promise<void> {
  const { source, store, commit } = crew;
  const now = source.client.serverNow();
  await inSteps({ start: now - 2 * DAY, end: now }, DAY, async (span) => {
    const { reading } = await fetchSpan(source, 'log_entries', span);
    await commit({ reading, refused: await fetchReferred(source, store, reading, []) });
  });
  await inSteps({ start: now - 30 * DAY, end: now }, MONTH, async (span) =>
    commit({ reading: (await fetchSpan(source, 'incidents', span)).reading }),
  );
  await commit({ notes: { secondLook: now } });
}
