import type { RowOf } from '../model/index.ts';
import { incidents } from '../pagerduty/endpoints/incidents.ts';
import { addReading, emptyReading, type Reading } from '../pagerduty/endpoints/reading.ts';
import { PagerDutyError } from '../pagerduty/failure.ts';
import { isIn, name, sql } from '../sql/statement.ts';
import type { Reader } from '../store/store.ts';
import type { Crew } from './crew.ts';
import type { Source } from './fetch.ts';

/** An incident that PagerDuty refuses to give, with the status of the refusal and when it came. */
export type Refused = Omit<RowOf<'unreadable_incident'>, 'service_id'>;

/** Tables that may already tell of an incident that came only as a reference. */
export type KnownIn = 'incident' | 'unreadable_incident';

const KEY = { incident: 'id', unreadable_incident: 'incident_id' } as const satisfies Record<KnownIn, string>;

/** Reads singly the incidents that log entries merely refer to, save those `known` in the tables named; adds them to the reading. */
export async function fetchReferred(
  source: Source,
  reader: Reader,
  reading: Reading,
  known: readonly KnownIn[],
): Promise<Refused[]> {
  const ids = new Set((reading.rows.log_entry ?? []).map((entry) => entry.incident_id));
  for (const id of reading.incidents.keys()) ids.delete(id);
  for (const table of known) {
    for (const id of await storedOf(reader, table, [...ids])) ids.delete(id);
  }
  return fetchSingly(source, reading, ids);
}

/** Incidents that are read singly between two commits, so that what was read is not lost with the rest. */
const AT_ONCE = 100;

/** Reads incidents one by one and keeps what they tell, in transactions of bounded size. */
export async function readSingly({ source, commit }: Crew, ids: readonly string[]): Promise<void> {
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const reading = emptyReading();
    const refused = await fetchSingly(source, reading, ids.slice(i, i + AT_ONCE));
    await commit({ reading, refused });
  }
}

/** Reads incidents one by one into the reading, and notes those of which nothing can be made; gives back those that PagerDuty refuses (403, 404). */
export async function fetchSingly(
  source: Source,
  reading: Reading,
  ids: Iterable<string>,
): Promise<Refused[]> {
  const refused: Refused[] = [];
  for (const id of ids) {
    const answer = await fetchIncident(source, id);
    if ('status' in answer) refused.push({ incident_id: id, ...answer });
    else addReading(reading, answer);
  }
  return refused;
}

async function fetchIncident(
  source: Source,
  id: string,
): Promise<Partial<Reading> | Pick<Refused, 'status' | 'seen_at'>> {
  const path = `/incidents/${encodeURIComponent(id)}`;
  try {
    const body = await source.client.get(path, [['time_zone', 'UTC']], source.signal);
    const raw = typeof body === 'object' && body !== null && 'incident' in body ? body.incident : null;
    const reading = incidents.parse(
      raw,
      { ...source.context, at: source.stamp(source.client.serverNow()) },
      0,
    );
    const seen_at = source.client.serverNow();
    return reading ?? { rows: { strange_row: [{ stream: 'incidents', id, seen_at }] } };
  } catch (error) {
    const gone = error instanceof PagerDutyError && ['missing', 'permission'].includes(error.kind);
    if (!gone) throw error;
    return { status: error.status, seen_at: source.stamp(source.client.serverNow()) };
  }
}

async function storedOf(reader: Reader, table: KnownIn, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const key = name(KEY[table]);
  const rows = await reader.read(sql`SELECT ${key} AS "id" FROM ${name(table)} WHERE ${isIn(key, ids)}`);
  return rows.map((row) => String(row.id));
}
