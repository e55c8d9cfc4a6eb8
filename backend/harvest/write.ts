import type { RowOf } from '../model/index.ts';
import { isOlder, type Reading, type ToldIncident } from '../pagerduty/endpoints/reading.ts';
import { name, type Statement, sql } from '../sql/statement.ts';
import type { Writer } from '../store/store.ts';
import type { Refused } from './incidents.ts';
import { writeMentions } from './mentions.ts';
import { divided } from './told-again.ts';

/** Puts what was read into the raw tables, in any order with the same result; gives back the ids of the incidents of which anything is new. */
export async function writeReading(
  writer: Writer,
  reading: Reading,
  refused: readonly Refused[] = [],
): Promise<Set<string>> {
  const { rows } = reading;
  const known = await knownOf(writer, [
    ...reading.incidents.keys(),
    ...refused.map((row) => row.incident_id),
  ]);
  const told = [...reading.incidents.values()].filter((one) => isNews(one, known));
  const { news, again } = await divided(writer, told);
  await writeIncidents(writer, news);
  await writer.putSeen('incident', again);
  for (const table of Object.keys(rows) as (keyof typeof rows)[]) await putRows(writer, rows, table);
  await writeMentions(writer, reading.mentions.values());
  const concerned = new Set(news.map(({ row }) => row.id));
  for (const entry of rows.log_entry ?? []) concerned.add(entry.incident_id);
  for (const { incident_id } of refused) concerned.add(incident_id);
  await writeUnreadable(
    writer,
    reading,
    refused.filter((row) => isLast(row, known)),
    concerned,
  );
  return concerned;
}

/** A condition: the column's value is among the keys of a temporary table. */
export function among(column: string, keys: Statement): Statement {
  return sql`${name(column)} IN (SELECT "id" FROM ${keys})`;
}

function putRows<T extends keyof Reading['rows']>(
  writer: Writer,
  rows: Reading['rows'],
  table: T,
): Promise<void> {
  return writer.put(table, (rows[table] ?? []) as RowOf<T>[]);
}

/** What the store knows of an incident: how old its row is, and when it was last refused. */
type Known = Pick<RowOf<'incident'>, 'updated_at' | 'seen_at'> & { id: string; refused_at: number | null };

/** Answers come in any order, as several tasks read side by side: only what is no older than the store's counts. */
async function knownOf(writer: Writer, ids: readonly string[]): Promise<Map<string, Known>> {
  if (ids.length === 0) return new Map();
  const rows = await writer.read<Known>(
    sql`SELECT "k"."id", "i"."updated_at", "i"."seen_at", "u"."seen_at" AS "refused_at" FROM ${await writer.keys(ids)} AS "k" LEFT JOIN "incident" AS "i" ON "i"."id" = "k"."id" LEFT JOIN "unreadable_incident" AS "u" ON "u"."incident_id" = "k"."id"`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function isNews({ row }: ToldIncident, known: ReadonlyMap<string, Known>): boolean {
  const stored = known.get(row.id);
  return !stored || !(isOlder(row, stored) || (row.seen_at ?? 0) < (stored.refused_at ?? 0));
}

/** True for a refusal after which the incident was not read again. */
function isLast({ incident_id, seen_at }: Refused, known: ReadonlyMap<string, Known>): boolean {
  return (seen_at ?? 0) >= (known.get(incident_id)?.seen_at ?? 0);
}

async function writeIncidents(writer: Writer, told: readonly ToldIncident[]): Promise<void> {
  if (told.length === 0) return;
  const ids = await writer.keys(told.map(({ row }) => row.id));
  await writer.remove('incident_team', among('incident_id', ids));
  await writer.remove('unreadable_incident', among('incident_id', ids));
  await writer.put(
    'incident',
    told.map(({ row }) => row),
  );
  await writer.put(
    'incident_team',
    told.flatMap(({ row, teams }) => teams.map((team_id) => ({ incident_id: row.id, team_id }))),
  );
}

/** Keeps of incidents that nobody may read the teams known, those that their entries tell, and the service of the newest entry. */
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
  const unreadable = new Map([...stored, ...refused].map((row) => [row.incident_id, row]));
  if (unreadable.size === 0) return;
  await writer.remove('incident', among('id', await writer.keys(unreadable.keys())));
  const services = await newestServices(writer, unreadable.keys());
  const told = [...reading.entryTeams.values()].filter((row) => unreadable.has(row.incident_id));
  // What joins a team is in it with all that ever happened: written anew, its row tells the store so.
  const anew = await joined(writer, told);
  if (anew.length > 0)
    await writer.remove('unreadable_incident', among('incident_id', await writer.keys(anew)));
  await writer.put(
    'unreadable_incident',
    [...unreadable.values()].map(({ incident_id, status, seen_at }) => ({
      incident_id,
      service_id: services.get(incident_id) ?? null,
      status,
      seen_at,
    })),
  );
  await writer.put('incident_team', told);
}

/** The incidents of which teams are told that were not known. */
async function joined(writer: Writer, told: readonly RowOf<'incident_team'>[]): Promise<string[]> {
  if (told.length === 0) return [];
  const ids = await writer.keys(told.map(({ incident_id }) => incident_id));
  const rows = await writer.read<RowOf<'incident_team'>>(
    sql`SELECT * FROM "incident_team" WHERE ${among('incident_id', ids)}`,
  );
  const known = new Set(rows.map(keyOf));
  return told.filter((row) => !known.has(keyOf(row))).map(({ incident_id }) => incident_id);
}

const keyOf = ({ incident_id, team_id }: RowOf<'incident_team'>) => JSON.stringify([incident_id, team_id]);

async function newestServices(writer: Writer, ids: Iterable<string>): Promise<Map<string, string | null>> {
  const rows = await writer.read<{ incident_id: string; service_id: string | null }>(
    sql`SELECT "incident_id", "service_id" FROM "log_entry" WHERE ${among('incident_id', await writer.keys(ids))} ORDER BY "created_at", "id"`,
  );
  return new Map(rows.map((row) => [row.incident_id, row.service_id]));
}
