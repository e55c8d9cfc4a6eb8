import { type RowOf, TABLES } from '../model/index.ts';
import type { Table } from '../model/table.ts';
import type { ToldIncident } from '../pagerduty/endpoints/reading.ts';
import { sql } from '../sql/statement.ts';
import type { Row, Writer } from '../store/store.ts';
import { readOf } from './derive-read.ts';

/** Incidents by what is new of them: some are told as they are stored and only seen once more. */
export interface Told {
  news: ToldIncident[];
  again: RowOf<'incident'>[];
}

/** Tells incidents that differ from what is stored, themselves or in their teams, from those that do not. */
export async function divided(writer: Writer, told: readonly ToldIncident[]): Promise<Told> {
  if (told.length === 0) return { news: [], again: [] };
  const rows = await readOf(writer, 'incident', 'id', await writer.keys(told.map(({ row }) => row.id)));
  const stored = new Map(rows.map((row) => [row.id, row]));
  const alike = told.filter(({ row }) => isAlike(TABLES.incident, stored.get(row.id), row));
  const teams = await teamsOf(writer, alike);
  const again = new Set(alike.filter((one) => hasTeams(one, teams.get(one.row.id) ?? [])));
  return {
    news: told.filter((one) => !again.has(one)),
    again: [...again].map(({ row }) => row),
  };
}

/** True where a row says the same as the stored one but for when it was seen. */
function isAlike(table: Table, stored: Row | undefined, row: Row): boolean {
  return (
    stored !== undefined &&
    Object.entries(table.columns).every(([column, { seen }]) => seen || stored[column] === row[column])
  );
}

async function teamsOf(writer: Writer, told: readonly ToldIncident[]): Promise<Map<string, string[]>> {
  if (told.length === 0) return new Map();
  const keys = await writer.keys(told.map(({ row }) => row.id));
  const rows = await writer.read<RowOf<'incident_team'>>(
    sql`SELECT "incident_id", "team_id" FROM "incident_team" WHERE "incident_id" IN (SELECT "id" FROM ${keys})`,
  );
  const byIncident = Map.groupBy(rows, (row) => row.incident_id);
  return new Map([...byIncident].map(([id, own]) => [id, own.map((row) => row.team_id)]));
}

function hasTeams({ teams }: ToldIncident, stored: readonly string[]): boolean {
  const told = new Set(teams);
  return told.size === stored.length && stored.every((team) => told.has(team));
}
