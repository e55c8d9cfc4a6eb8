import type { RowOf, TableName } from '../model/index.ts';
import type { Reading } from '../pagerduty/endpoints/reading.ts';
import { name, type Statement, sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';
import type { Refused } from './incidents.ts';
import { writeMentions } from './mentions.ts';

/** Puts what was read into the raw tables, in any order with the same result; gives back the ids of the incidents concerned. */
export async function writeReading(
  writer: Writer,
  reading: Reading,
  refused: readonly Refused[] = [],
): Promise<Set<string>> {
  const { rows } = reading;
  const readable = (rows.incident ?? []).map((incident) => incident.id);
  if (readable.length > 0) {
    const ids = await writer.keys(readable);
    await writer.remove('incident_team', among('incident_id', ids));
    await writer.remove('unreadable_incident', among('incident_id', ids));
  }
  for (const table of Object.keys(rows) as TableName[]) await putRows(writer, rows, table);
  await writeMentions(writer, reading.mentions);
  const concerned = new Set([...readable, ...(rows.log_entry ?? []).map((entry) => entry.incident_id)]);
  for (const { incident_id } of refused) concerned.add(incident_id);
  await writeUnreadable(writer, reading, refused, concerned);
  return concerned;
}

/** A condition: the column's value is among the keys of a temporary table. */
export function among(column: string, keys: Statement): Statement {
  return sql`${name(column)} IN (SELECT "id" FROM ${keys})`;
}

function putRows<T extends TableName>(writer: Writer, rows: Reading['rows'], table: T): Promise<void> {
  return writer.put(table, (rows[table] ?? []) as RowOf<T>[]);
}

/** Keeps of incidents that nobody may read what their entries tell: teams, and the service of the newest entry. */
async function writeUnreadable(
  writer: Writer,
  reading: Reading,
  refused: readonly Refused[],
  concerned: ReadonlySet<string>,
): Promise<void> {
  if (concerned.size === 0) return;
  const stored = await writer.read<RowOf<'unreadable_incident'>>(
    sql`SELECT * FROM "unreadable_incident" WHERE ${among('incident_id', await writer.keys(concerned))}`,
  );
  const status = new Map([...stored, ...refused].map((row) => [row.incident_id, row.status]));
  if (status.size === 0) return;
  const known = new Set(stored.map((row) => row.incident_id));
  const fresh = await writer.keys(refused.map((row) => row.incident_id).filter((id) => !known.has(id)));
  await writer.remove('incident', among('id', fresh));
  await writer.remove('incident_team', among('incident_id', fresh));
  const services = await newestServices(writer, status.keys());
  await writer.put(
    'unreadable_incident',
    [...status].map(([id, code]) => ({
      incident_id: id,
      service_id: services.get(id) ?? null,
      status: code,
    })),
  );
  await writer.put(
    'incident_team',
    reading.entryTeams.filter((row) => status.has(row.incident_id)),
  );
}

async function newestServices(writer: Writer, ids: Iterable<string>): Promise<Map<string, string | null>> {
  const rows = await writer.read<{ incident_id: string; service_id: string | null }>(
    sql`SELECT "incident_id", "service_id" FROM "log_entry" WHERE ${among('incident_id', await writer.keys(ids))} ORDER BY "created_at", "id"`,
  );
  return new Map(rows.map((row) => [row.incident_id, row.service_id]));
}
