import { DAY } from '../clock.ts';
import { incidents } from '../pagerduty/endpoints/incidents.ts';
import type { Parameters } from '../pagerduty/exchange.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import { instant, sql } from '../sql/statement.ts';
import type { Crew } from './crew.ts';
import { fetchList, fetchSpan, inSteps, isTooMuch } from './fetch.ts';
import { readSingly } from './incidents.ts';
import type { Ledger } from './ledger.ts';
import { LENGTH, type Span } from './plan.ts';
import { beyondReach } from './too-long.ts';

const OPEN: Parameters = [
  ['statuses[]', 'triggered'],
  ['statuses[]', 'acknowledged'],
];

const MONTH = 28 * DAY;

/** PagerDuty is of 2009: no incident is older. */
const FIRST_EVER = Date.UTC(2009, 0);

/** Open incidents created since an instant, epoch ms. */
interface Open {
  ids: ReadonlySet<string>;
  since: number;
  /** PagerDuty's clock when their reading began; null where older ones were left out. */
  asOf: number | null;
}

/** Reads open incidents, and singly those that are stored as open but no longer are. */
export async function readOpenIncidents(crew: Crew): Promise<void> {
  const { ids, since, asOf } = (await readAllAtOnce(crew)) ?? (await readInSteps(crew));
  const stored = await crew.store.read(
    sql`SELECT "id" FROM "incident" WHERE "status" IN ('triggered', 'acknowledged') AND "created_at" >= ${instant(since)}`,
  );
  await readSingly(
    crew,
    stored.map((row) => String(row.id)).filter((id) => !ids.has(id)),
  );
  if (asOf !== null && isOld(crew.ledger, asOf)) await crew.commit({ notes: { openRead: asOf } });
}

/** True a day after all open incidents were read, and before they ever were. */
function isOld({ openRead }: Ledger, now: number): boolean {
  return openRead === null || openRead > now || now - openRead >= DAY;
}

/** All open incidents, read in one list; null where they are too much for one. */
async function readAllAtOnce({ source, commit }: Crew): Promise<Open | null> {
  const parameters: Parameters = [...OPEN, ['date_range', 'all'], ['time_zone', 'UTC']];
  try {
    const { reading, serverTime } = await fetchList(source, 'incidents', incidents, parameters);
    await commit({ reading });
    return { ids: new Set(reading.incidents.keys()), since: FIRST_EVER, asOf: serverTime };
  } catch (error) {
    if (isTooMuch(error)) return null;
    throw error;
  }
}

/** The same by the time of their creation: once a day since the account began, as nothing else may tell of an old one; else those of a month. */
async function readInSteps(crew: Crew): Promise<Open> {
  const { source, ledger, commit } = crew;
  const end = source.client.serverNow();
  const isWhole = isOld(ledger, end);
  const since = isWhole ? await beginOfAccount(crew) : end - MONTH;
  const ids = new Set<string>();
  const work = async (span: Span) => {
    const { reading } = await fetchSpan(source, 'incidents', span, OPEN);
    await commit({ reading });
    for (const id of reading.incidents.keys()) ids.add(id);
  };
  await inSteps({ start: since, end }, LENGTH, work, beyondReach(crew, 'incidents'));
  return { ids, since, asOf: isWhole ? end : null };
}

/** When the account's first incident was created, epoch ms; where the key may not see that one, when no account had any. */
async function beginOfAccount({ source }: Crew): Promise<number> {
  try {
    const body = await source.client.get('/incidents/1', [['time_zone', 'UTC']], source.signal);
    const at = Date.parse(
      (body as { incident?: { created_at?: string } } | null)?.incident?.created_at ?? '',
    );
    return Number.isNaN(at) ? FIRST_EVER : at;
  } catch (error) {
    const isUntold = error instanceof PagerDutyError && ['missing', 'permission'].includes(error.kind);
    if (!isUntold) throw error;
    return FIRST_EVER;
  }
}
